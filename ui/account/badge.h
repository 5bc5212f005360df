#pragma once

#include "domain/account.h"

#include <QLabel>

namespace countermand {

/// Account and environment at a glance: ● LIVE and the profile's name on its swatch, ◆ PRACTICE on yellow,
/// ▲ TEST SERVER and its host in warning colors. Accessible name: "Account: {env} {name}".
///
/// Where it has less room than its sizeHint(), name and host end in the middle; the tooltip has all of them.
///
/// Object name: `accountBadge` unless the owner gives another (`confirmBadge`).
class AccountBadge : public QLabel
{
    Q_OBJECT

public:
    explicit AccountBadge(QWidget *parent = nullptr);

    void setAccount(const Account &account);
    const Account &account() const { return m_account; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QFont wordFont() const;
    /// Of everything but the name, and of the name cut to so many pixels of its own.
    int widthWith(int name) const;

    Account m_account;
};

} // namespace countermand

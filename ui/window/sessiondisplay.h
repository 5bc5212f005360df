#pragma once

#include "workflow/opencount.h"

#include <QObject>
#include <QTimer>

class QLabel;

namespace countermand {

class BannerArea;
class OrdersPage;
class Session;
class StatusLine;

/// Says how the open account's list and line are doing: status line, banners, counter, and why canceling is off.
/// Renewed on every change and once a second.
class SessionDisplay : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the display.
    SessionDisplay(Session &session, OrdersPage &page, StatusLine &status, BannerArea &banners, QLabel &counter,
                   QObject *parent = nullptr);

    /// A column shows prices: they are read while its window can be seen.
    void setPriceColumnShown(bool shown);

    /// How many orders are open, as far as that is known.
    OpenCount count() const;

signals:
    /// The count or its words changed.
    void counterChanged();
    /// The user wants to look at the account's key.
    void accountWanted();
    /// The user wants to know why no connection is made: `text` says all that is known.
    void failureAsked(const QString &text);

private:
    void renew();
    void renewStatusLine();
    void renewBanners();
    void renewCounter();
    void renewPrices();
    void renewAges();
    void askAboutFailure();

    Session &m_session;
    OrdersPage &m_page;
    StatusLine &m_status;
    BannerArea &m_banners;
    QLabel &m_counter;
    QTimer m_timer;
    QString m_counterText;
    OpenCount m_count;
    bool m_priceColumnShown = false;
};

} // namespace countermand

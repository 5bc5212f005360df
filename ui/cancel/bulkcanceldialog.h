#pragma once

#include "domain/account.h"
#include "domain/order.h"
#include "ui/cancel/cancelquestion.h"
#include "workflow/laststop.h"
#include "workflow/listage.h"
#include "workflow/opencount.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <functional>

class QLabel;
class QLineEdit;
class QRadioButton;
class QTableWidget;
class QVBoxLayout;

namespace countermand {

class NoticeBox;

/// One question about several orders.
struct BulkQuestion {
    Account account;
    /// The set, frozen; in the order in which they would be canceled.
    QList<Order> orders;
    /// From a "cancel all …" command: the number has to be typed from two orders on, else from ten on.
    bool isAll = false;
    /// Those of them that a filter hides.
    QSet<OrderId> hidden;
    /// Those of them that are known to have lost their position: they protect nothing.
    QSet<OrderId> orphans{};
    /// Those of them that CoinW has refused to cancel here before.
    QSet<OrderId> refusedHere{};
    /// What canceling some of them does to stops; null while positions are not read.
    std::function<StopsLeft(const QList<Order> &)> stopsLeft{};
    /// How many orders are open.
    OpenCount count{};
    /// That conditional orders were not looked for everywhere, in words; empty where they were.
    QString uncheckedNotice;
    /// Of the oldest of them.
    RowAge age{};
};

/// Shows every order that will be canceled and asks once for all (objectName bulkDialog). Keeping is the default in
/// every way; protective orders are kept unless chosen. The set never grows; what leaves the list is struck out.
class BulkCancelDialog : public CancelQuestion
{
    Q_OBJECT

public:
    BulkCancelDialog(const BulkQuestion &question, const QDateTime &nowUtc, QWidget *parent);

    /// What will be canceled if it is confirmed now, as shown now.
    QList<Order> chosen() const;
    /// All that were asked about and are still listed.
    QList<Order> listed() const;

    /// The open orders as listed now: changed values are shown, vanished orders struck out, and in both cases the arm
    /// delay starts again. `find` gives null for an order that isn't listed or is being canceled already.
    void follow(const std::function<const Order *(const OrderId &)> &find, const QDateTime &nowUtc);
    void setRowAge(const RowAge &age);
    void setCount(const OpenCount &count);
    /// Positions were read, or can't be any more: those of the orders that have lost theirs.
    void setOrphans(const QSet<OrderId> &orphans);

signals:
    void confirmed(const QList<countermand::Order> &orders);
    /// Look for conditional orders everywhere first. kept() follows: the set would not have what is found.
    void scanWanted();

protected:
    void confirm() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Line {
        Order order;
        bool gone = false;
    };

    void buildList(QVBoxLayout *layout, const QDateTime &nowUtc);
    void fitListColumns();
    void buildChoice(QVBoxLayout *layout);
    void buildButtons();
    void fillRow(int row, const QDateTime &nowUtc);
    void dressRow(int row);
    bool isChosen(const Line &line) const;
    bool protects(const Line &line) const;
    void renewChoice();
    bool needsTyping(int count) const;
    bool isTypedRight() const;
    void renew();
    void renewButton();
    void describeAll();

    BulkQuestion m_question;
    QList<Line> m_lines;
    int m_goneCount = 0;

    QLabel *m_summary = nullptr;
    QTableWidget *m_list = nullptr;
    NoticeBox *m_attention = nullptr;
    NoticeBox *m_both = nullptr;
    NoticeBox *m_refused = nullptr;
    NoticeBox *m_lastStop = nullptr;
    NoticeBox *m_gone = nullptr;
    NoticeBox *m_stale = nullptr;
    NoticeBox *m_count = nullptr;
    NoticeBox *m_hidden = nullptr;
    NoticeBox *m_unchecked = nullptr;
    QRadioButton *m_keepProtective = nullptr;
    QRadioButton *m_cancelProtective = nullptr;
    QWidget *m_typing = nullptr;
    QLabel *m_typeLabel = nullptr;
    QLineEdit *m_typed = nullptr;
};

} // namespace countermand

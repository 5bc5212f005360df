#pragma once

#include "ui/look/messagepage.h"

class QPushButton;

namespace countermand {

/// "No open orders": the exchange listed none, or none matches the filter.
class EmptyPage : public MessagePage
{
    Q_OBJECT

public:
    explicit EmptyPage(QWidget *parent);

    /// There are orders, but the filter leaves none.
    void setFiltered(bool filtered);

signals:
    void clearFilterRequested();

private:
    QPushButton *m_clear;
};

/// The first list is being read.
class LoadingPage : public MessagePage
{
    Q_OBJECT

public:
    explicit LoadingPage(QWidget *parent);

    /// "Reading open orders… 2 of 5"; no figures while `of` is 0.
    void setProgress(int done, int of);
};

/// The first list could not be read.
class ErrorPage : public MessagePage
{
    Q_OBJECT

public:
    explicit ErrorPage(QWidget *parent);

    /// As the network or the exchange said it.
    void setReason(const QString &reason);

signals:
    void retryRequested();
};

} // namespace countermand

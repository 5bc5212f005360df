#include "ui/table/listpages.h"

#include <QPushButton>

namespace countermand {

using namespace Qt::StringLiterals;

EmptyPage::EmptyPage(QWidget *parent) : MessagePage(u"emptyPage"_s, parent)
{
    m_clear = addButton(u"clearFilterButton"_s, tr("Clear filter"));
    connect(m_clear, &QPushButton::clicked, this, &EmptyPage::clearFilterRequested);
    setFiltered(false);
}

void EmptyPage::setFiltered(bool filtered)
{
    m_clear->setVisible(filtered);
    setFocusProxy(filtered ? m_clear : nullptr);
    setIcon(filtered ? Icon::Search : Icon::Ok, Severity::Neutral);
    if (filtered)
        setWords(tr("No order matches this filter"), {});
    else
        setWords(tr("No open orders"), tr("New orders appear here by themselves."));
}

LoadingPage::LoadingPage(QWidget *parent) : MessagePage(u"loadingPage"_s, parent)
{
    setIcon(Icon::Pending, Severity::Neutral);
    setProgress(0, 0);
}

void LoadingPage::setProgress(int done, int of)
{
    setWords(of > 0 ? tr("Reading open orders… %1 of %2").arg(done).arg(of) : tr("Reading open orders…"), {});
}

ErrorPage::ErrorPage(QWidget *parent) : MessagePage(u"errorPage"_s, parent)
{
    setIcon(Icon::Error, Severity::Error);
    QPushButton *retry = addButton(u"retryButton"_s, tr("&Try again"));
    setFocusProxy(retry);
    setReason({});
    connect(retry, &QPushButton::clicked, this, &ErrorPage::retryRequested);
}

void ErrorPage::setReason(const QString &reason)
{
    setWords(tr("Orders could not be read"), reason);
}

} // namespace countermand

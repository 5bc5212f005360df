#pragma once

#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "ui/cancel/cancelconversation.h"
#include "ui/notices/toaststrip.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderspage.h"
#include "ui/table/ordersview.h"
#include "workflow/orderfeed.h"

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>
#include <QWidget>

#include <memory>

namespace countermand {

/// A conversation about the orders of a practice exchange, with table and toasts but without the window.
struct OpenConversation : OpenSession {
    explicit OpenConversation(Environment environment = Environment::Practice) : OpenSession(environment)
    {
        auto *layout = new QVBoxLayout(&window);
        page = new OrdersPage(*session, &window);
        toasts = new ToastStrip(&window);
        layout->addWidget(page);
        layout->addWidget(toasts);
        window.resize(1200, 700);
        window.show();
        conversation = std::make_unique<CancelConversation>(*session, page->table(), *toasts, &window);
        session->start({});
    }
    ~OpenConversation()
    {
        conversation.reset();
        delete page;
    }

    OrdersView &table() const { return page->table(); }
    static OrderId id(const char *tail)
    {
        return OrderId(QStringLiteral("P-3330874170000") + QString::fromLatin1(tail));
    }
    bool isListed(const char *tail) const { return table().selection().shownOrders().contains(id(tail)); }
    /// All eight orders are there.
    bool isRead() const { return table().selection().shownOrders().size() == 8; }
    /// A visible widget of this name, also of a dialog.
    template <typename T = QPushButton>
    T *part(const QString &name) const
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        T *found = window.findChild<T *>(name);
        return found && found->isVisible() ? found : nullptr;
    }
    /// What the toasts say, headline and text.
    QStringList said() const
    {
        QStringList texts;
        for (const QWidget *toast : toasts->findChildren<QWidget *>()) {
            const QString name = toast->objectName();
            if ((name.startsWith(QLatin1StringView("toast_")) || name == QLatin1StringView("batchToast")) &&
                toast->isVisible())
                texts.append(toast->accessibleName());
        }
        return texts;
    }
    bool says(const QString &beginning) const
    {
        for (const QString &text : said()) {
            if (text.startsWith(beginning))
                return true;
        }
        return false;
    }
    /// The first button of a toast, whatever its number.
    QPushButton *toastButton() const
    {
        for (QPushButton *button : toasts->findChildren<QPushButton *>()) {
            if (button->objectName().startsWith(QLatin1StringView("toastAction_")) && button->isVisible())
                return button;
        }
        return nullptr;
    }
    /// From now on nothing can be written to the record of cancels.
    void breakTheJournal() const
    {
        QFile::remove(journal.path());
        QDir().mkpath(journal.path());
    }
    void goOffline() const
    {
        network->perform(PracticeCommand::GoOffline);
        session->feed().refresh();
    }

    QWidget window;
    OrdersPage *page;
    ToastStrip *toasts;
    std::unique_ptr<CancelConversation> conversation;
};

} // namespace countermand

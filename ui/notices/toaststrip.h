#pragma once

#include "ui/notices/toast.h"
#include "ui/notices/toastqueue.h"

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QPointer>
#include <QStringList>
#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>

#include <functional>
#include <utility>

class QPushButton;

namespace countermand {

class ToastCard;

/// The toasts, in the layout between table and status bar: it covers nothing and takes room from below only.
///
/// Names: the strip is `toastStrip`, toasts are `toast_{n}` with `toastAction_{n}` and `toastClose_{n}`. Below them
/// stand `toastMoreButton` where some have no room, and `dismissAllButton` where there are four and more.
class ToastStrip : public QWidget
{
    Q_OBJECT

public:
    explicit ToastStrip(QWidget *parent = nullptr);

    using QWidget::show;
    /// Shows a toast, or updates the one with this key in place. Closed by the user, it comes back only for a new
    /// warning, error or unknown. Its buttons are the handler's alone.
    void show(const QString &key, const ToastContent &content, const ToastHandler &handler = {});
    /// A toast with this key is there, also folded into "+n more".
    bool has(const QString &key) const { return m_told.contains(key); }
    /// Takes a toast away without a trace of it.
    void remove(const QString &key);
    /// Takes all away (switch of accounts).
    void clear();
    /// Those that the user must see, whatever becomes of their account, with their keys, oldest first: warnings that
    /// stay, errors, unknown outcomes. Without their buttons.
    QList<std::pair<QString, ToastContent>> needed() const;

    /// By how many pixels the strip may get lower without moving what lies above it under the pointer; asked each
    /// time, and again by renewRoom(). Nothing at first: it may always.
    void setSpareRoom(const std::function<int()> &room);
    void renewRoom();
    /// Preference: 1, 2, 4, or 0 for "until dismissed".
    void setTimeFactor(int factor);
    /// Preference: no animation. The style's own wish is heeded anyway.
    void setReducedMotion(bool reduced);

    /// F6: focus on the newest toast; false if there is none.
    bool focusNewest();
    /// Focus on the toast with this key; false if it is not on screen. Esc gives the focus back to where it was.
    bool focusToast(const QString &key);
    /// The key of the toast that has focus; empty if none has.
    QString focusedKey() const;

signals:
    /// The user wants to see those that have no room, by their keys.
    void moreWanted(const QStringList &keys);
    /// The user closed it (button or Esc); the order and the record stay as they are.
    void dismissed(const QString &key);
    /// A toast is there, or has new words; also one that is folded into "+n more".
    void contentChanged(const QString &key, const countermand::ToastContent &content);
    /// A toast is no longer there: closed, run out, pushed out or taken away.
    void left(const QString &key);

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    ToastQueue::Time now() const;
    void refresh();
    void arrange(bool animate);
    void setStripHeight(int height, bool animate);
    void updatePause();
    void updateLimit();
    void watchWindow();
    void dismiss(const QString &key);
    /// All but those that are still under way.
    void dismissAll();
    void giveFocusBack();
    void orderTabs();
    void tellChanges();
    void act(const QString &key, ToastAction action);
    bool stillMotion() const;
    ToastCard *cardOf(const QString &key) const;

    ToastQueue m_queue;
    QElapsedTimer m_clock;
    QTimer m_timer;
    QVariantAnimation m_heightAnimation;
    /// Newest first; owned as children.
    QList<ToastCard *> m_cards;
    QPushButton *m_more = nullptr;
    QPushButton *m_dismissAll = nullptr;
    /// What was told about each toast: its revision.
    QHash<QString, int> m_told;
    /// By key: only of toasts that are there.
    QHash<QString, ToastHandler> m_handlers;
    QPointer<QWidget> m_returnFocus;
    QPointer<QWidget> m_watchedWindow;
    int m_targetHeight = 0;
    std::function<int()> m_spareRoom;
    bool m_reducedMotion = false;
};

} // namespace countermand

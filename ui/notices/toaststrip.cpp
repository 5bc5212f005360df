#include "ui/notices/toaststrip.h"

#include "ui/look/plural.h"
#include "ui/notices/toastcard.h"

#include <QApplication>
#include <QCoreApplication>
#include <QGraphicsOpacityEffect>
#include <QKeyEvent>
#include <QPropertyAnimation>
#include <QPushButton>
#include <QStyle>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int cardGap = 6;
constexpr int stripMargin = 8;
constexpr int growTime = 120;
constexpr int shrinkTime = 100;
constexpr int lowWindow = 600;
constexpr int usualLimit = 4;
constexpr int lowWindowLimit = 2;
/// So many are worth a button that dismisses them all.
constexpr int manyToasts = 4;

/// The new toast fades in; the effect goes when done, since it would cost every later repaint.
void fadeIn(QWidget *card)
{
    auto *effect = new QGraphicsOpacityEffect(card);
    effect->setOpacity(0);
    card->setGraphicsEffect(effect);
    auto *animation = new QPropertyAnimation(effect, "opacity", effect);
    animation->setStartValue(0.0);
    animation->setEndValue(1.0);
    animation->setDuration(growTime);
    QObject::connect(
        animation, &QAbstractAnimation::finished, card, [card] { card->setGraphicsEffect(nullptr); },
        Qt::QueuedConnection);
    animation->start();
}

} // namespace

ToastStrip::ToastStrip(QWidget *parent)
    : QWidget(parent), m_more(new QPushButton(this)), m_dismissAll(new QPushButton(this))
{
    setObjectName(u"toastStrip"_s);
    setAccessibleName(tr("Notifications"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(0);
    setMouseTracking(true);
    m_more->setObjectName(u"toastMoreButton"_s);
    m_more->setToolTip(tr("Show them in Activity"));
    m_dismissAll->setObjectName(u"dismissAllButton"_s);
    m_dismissAll->setText(tr("Dismiss all"));
    m_dismissAll->setAccessibleName(m_dismissAll->text());
    for (QPushButton *button : {m_more, m_dismissAll}) {
        button->setAutoDefault(false);
        button->setProperty("compact", true);
        button->hide();
    }
    connect(m_more, &QPushButton::clicked, this, [this] {
        QStringList keys;
        const auto &all = m_queue.all();
        for (qsizetype at = all.size() - m_queue.folded(); at < all.size(); ++at)
            keys.append(all.at(at).key);
        emit moreWanted(keys);
    });
    connect(m_dismissAll, &QPushButton::clicked, this, &ToastStrip::dismissAll);

    m_clock.start();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ToastStrip::refresh);
    connect(&m_heightAnimation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &value) { setFixedHeight(value.toInt()); });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *old, QWidget *current) {
        if (current && isAncestorOf(current) && old && !isAncestorOf(old))
            m_returnFocus = old;
        updatePause();
    });
    updatePause();
}

ToastQueue::Time ToastStrip::now() const
{
    return ToastQueue::Time(m_clock.elapsed());
}

void ToastStrip::show(const QString &key, const ToastContent &content, const ToastHandler &handler)
{
    m_queue.put(key, content, now());
    // Before anyone is told of the toast, and may press it.
    m_handlers.insert(key, handler);
    refresh();
    if (!has(key))
        m_handlers.remove(key);
}

void ToastStrip::act(const QString &key, ToastAction action)
{
    // A copy: what is asked for may change the toast at once.
    const ToastHandler asked = m_handlers.value(key);
    if (asked.context && asked.handler)
        asked.handler(action);
}

void ToastStrip::remove(const QString &key)
{
    m_queue.remove(key, now());
    refresh();
}

void ToastStrip::clear()
{
    m_queue.removeAll(now());
    refresh();
}

QList<std::pair<QString, ToastContent>> ToastStrip::needed() const
{
    QList<std::pair<QString, ToastContent>> needed;
    for (const ToastQueue::Entry &entry : m_queue.all()) {
        ToastContent content = entry.next.value_or(entry.content);
        const bool isLasting = !timeOnScreen(content, 1) && content.percentDone < 0;
        const bool isUrgent = content.severity == Severity::Warning || content.severity == Severity::Error ||
                              content.severity == Severity::Unknown;
        if (!isLasting || !isUrgent)
            continue;
        content.action = ToastAction::None;
        content.moreActions.clear();
        needed.prepend({entry.key, content});
    }
    return needed;
}

void ToastStrip::dismissAll()
{
    // A copy: each one that goes changes the queue.
    const QList<ToastQueue::Entry> all = m_queue.all();
    for (const ToastQueue::Entry &entry : all) {
        if (entry.content.severity != Severity::Progress)
            dismiss(entry.key);
    }
}

void ToastStrip::setSpareRoom(const std::function<int()> &room)
{
    m_spareRoom = room;
    arrange(true);
}

void ToastStrip::renewRoom()
{
    arrange(true);
}

void ToastStrip::setTimeFactor(int factor)
{
    m_queue.setTimeFactor(factor);
}

void ToastStrip::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
    for (ToastCard *card : std::as_const(m_cards))
        card->setStill(stillMotion());
}

bool ToastStrip::stillMotion() const
{
    return m_reducedMotion || style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) <= 0;
}

bool ToastStrip::focusNewest()
{
    if (m_cards.isEmpty())
        return false;
    m_cards.first()->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool ToastStrip::focusToast(const QString &key)
{
    ToastCard *card = cardOf(key);
    if (!card)
        return false;
    // While the window is in the background no change of focus tells where it was.
    QWidget *before = window()->focusWidget();
    if (before && !isAncestorOf(before))
        m_returnFocus = before;
    card->setFocus(Qt::OtherFocusReason);
    return true;
}

QString ToastStrip::focusedKey() const
{
    const QWidget *focus = focusWidget();
    for (const ToastCard *card : m_cards) {
        if (focus && focus->hasFocus() && (card == focus || card->isAncestorOf(focus)))
            return card->key();
    }
    return {};
}

ToastCard *ToastStrip::cardOf(const QString &key) const
{
    const auto found =
        std::find_if(m_cards.cbegin(), m_cards.cend(), [&key](ToastCard *card) { return card->key() == key; });
    return found == m_cards.cend() ? nullptr : *found;
}

void ToastStrip::refresh()
{
    const bool still = stillMotion();
    m_queue.advance(now());
    const QList<ToastQueue::Entry> entries = m_queue.visible();

    bool focusLost = false;
    QList<ToastCard *> cards;
    QList<ToastCard *> fresh;
    for (const ToastQueue::Entry &entry : entries) {
        ToastCard *card = cardOf(entry.key);
        if (!card || card->number() != entry.number) {
            card = new ToastCard(entry.key, entry.number, this);
            card->setStill(still);
            card->setContent(entry.content, entry.revision);
            connect(card, &ToastCard::actionRequested, this,
                    [this, key = entry.key](ToastAction action) { act(key, action); });
            connect(card, &ToastCard::closeRequested, this, [this, key = entry.key] { dismiss(key); });
            fresh += card;
        } else if (card->revision() != entry.revision) {
            if (entry.content.isQuiet) {
                card->setContent(entry.content, entry.revision);
                cards += card;
                continue;
            }
            // Only showing is announced by assistive tools, so the card goes and comes back with its new words.
            QWidget *focus = QApplication::focusWidget();
            const bool focused = focus && (focus == card || card->isAncestorOf(focus));
            const QPointer<QWidget> returnFocus = m_returnFocus;
            card->hide();
            card->setContent(entry.content, entry.revision);
            card->show();
            if (focused)
                (focus->isVisible() ? focus : card)->setFocus(Qt::OtherFocusReason);
            // Hiding sent the focus on a detour that nobody asked for.
            m_returnFocus = returnFocus;
        }
        cards += card;
    }
    for (ToastCard *card : std::as_const(m_cards)) {
        if (cards.contains(card))
            continue;
        const QWidget *focus = QApplication::focusWidget();
        focusLost = focusLost || (focus && (focus == card || card->isAncestorOf(focus)));
        // Not deleted at once: this may run inside a click on its own button.
        card->retire();
        if (!focusLost)
            card->hide();
        card->deleteLater();
    }
    const QList<ToastCard *> gone = m_cards;
    m_cards = cards;
    if (focusLost)
        giveFocusBack();
    for (ToastCard *card : gone) {
        if (!cards.contains(card))
            card->hide();
    }

    const int folded = m_queue.folded();
    m_more->setText(plural(folded, tr("+1 more needs attention"), tr("+%n more need attention")));
    m_more->setAccessibleName(m_more->text());
    m_more->setVisible(folded > 0);
    m_dismissAll->setVisible(m_cards.size() + folded >= manyToasts);
    arrange(!still);
    for (ToastCard *card : std::as_const(fresh)) {
        card->show();
        if (!still && isVisible())
            fadeIn(card);
    }
    orderTabs();
    updatePause();
    tellChanges();
}

void ToastStrip::tellChanges()
{
    // A listener may change the toasts again: what was told is noted before anyone hears it.
    const QList<ToastQueue::Entry> entries = m_queue.all();
    const QHash<QString, int> before = std::exchange(m_told, {});
    for (const ToastQueue::Entry &entry : entries)
        m_told.insert(entry.key, entry.revision);
    const QHash<QString, int> told = m_told;
    for (auto old = before.cbegin(); old != before.cend(); ++old) {
        if (told.contains(old.key()))
            continue;
        m_handlers.remove(old.key());
        emit left(old.key());
    }
    for (const ToastQueue::Entry &entry : entries) {
        if (before.value(entry.key, -1) != entry.revision)
            emit contentChanged(entry.key, entry.content);
    }
}

void ToastStrip::orderTabs()
{
    // New widgets join the chain at the end of the window; the toasts belong where the strip stands.
    QWidget *previous = previousInFocusChain();
    while (previous != this && (isAncestorOf(previous) || !(previous->focusPolicy() & Qt::TabFocus)))
        previous = previous->previousInFocusChain();
    if (previous == this)
        previous = nullptr;
    for (const ToastCard *card : std::as_const(m_cards)) {
        const QList<QWidget *> stops = card->focusStops();
        for (QWidget *stop : stops) {
            if (previous)
                setTabOrder(previous, stop);
            previous = stop;
        }
    }
    for (QWidget *stop : {m_more, m_dismissAll}) {
        if (previous)
            setTabOrder(previous, stop);
        previous = stop;
    }
}

void ToastStrip::arrange(bool animate)
{
    // Before the first layout the width means nothing, and wrapped texts would ask for a very high window.
    if (!isVisible())
        return;
    int y = cardGap;
    const int inner = qMax(0, width() - 2 * stripMargin);
    for (ToastCard *card : std::as_const(m_cards)) {
        const int height = card->heightForWidth(inner);
        card->setGeometry(stripMargin, y, inner, height);
        y += height + cardGap;
    }
    if (!m_more->isHidden() || !m_dismissAll->isHidden()) {
        const int height = m_dismissAll->sizeHint().height();
        const QRect line(stripMargin, y, inner, height);
        const auto put = [&](QWidget *button, Qt::Alignment edge) {
            button->setGeometry(
                QStyle::alignedRect(layoutDirection(), edge, {button->sizeHint().width(), height}, line));
        };
        put(m_more, Qt::AlignLeft);
        put(m_dismissAll, Qt::AlignRight);
        y += height + cardGap;
    }
    const int wanted = m_cards.isEmpty() ? 0 : y;
    const int kept = m_spareRoom ? height() - std::min(m_spareRoom(), height()) : 0;
    setStripHeight(qMax(wanted, kept), animate && !stillMotion());
}

void ToastStrip::setStripHeight(int height, bool animate)
{
    if (height == m_targetHeight && (animate || m_heightAnimation.state() != QAbstractAnimation::Running))
        return;
    m_targetHeight = height;
    m_heightAnimation.stop();
    if (!animate) {
        setFixedHeight(height);
        return;
    }
    m_heightAnimation.setStartValue(this->height());
    m_heightAnimation.setEndValue(height);
    m_heightAnimation.setDuration(height > this->height() ? growTime : shrinkTime);
    m_heightAnimation.start();
}

void ToastStrip::updatePause()
{
    const QWidget *focus = QApplication::focusWidget();
    const bool reading = underMouse() || (focus && isAncestorOf(focus));
    m_queue.setPaused(reading || !isActiveWindow(), now());
    const std::optional<ToastQueue::Time> next = m_queue.nextChange();
    if (next)
        m_timer.start(std::max(ToastQueue::Time{0}, *next - now()));
    else
        m_timer.stop();
}

void ToastStrip::updateLimit()
{
    m_queue.setLimit(window()->height() < lowWindow ? lowWindowLimit : usualLimit, now());
    refresh();
}

void ToastStrip::watchWindow()
{
    if (m_watchedWindow == window())
        return;
    if (m_watchedWindow)
        m_watchedWindow->removeEventFilter(this);
    m_watchedWindow = window();
    if (m_watchedWindow != this)
        m_watchedWindow->installEventFilter(this);
    updateLimit();
}

void ToastStrip::dismiss(const QString &key)
{
    m_queue.dismiss(key, now());
    refresh();
    emit dismissed(key);
}

void ToastStrip::giveFocusBack()
{
    if (m_returnFocus && m_returnFocus->isVisible() && m_returnFocus->isEnabled())
        m_returnFocus->setFocus(Qt::OtherFocusReason);
    else if (!m_cards.isEmpty())
        m_cards.first()->setFocus(Qt::OtherFocusReason);
}

bool ToastStrip::event(QEvent *event)
{
    const bool handled = QWidget::event(event);
    switch (event->type()) {
    case QEvent::Show:
        watchWindow();
        arrange(false);
        break;
    case QEvent::ParentChange:
        watchWindow();
        break;
    case QEvent::Enter:
    case QEvent::Leave:
    case QEvent::WindowActivate:
    case QEvent::WindowDeactivate:
        updatePause();
        break;
    default:
        break;
    }
    return handled;
}

bool ToastStrip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_watchedWindow && event->type() == QEvent::Resize)
        updateLimit();
    return QWidget::eventFilter(watched, event);
}

void ToastStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        arrange(false);
}

void ToastStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrange(false);
}

void ToastStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !event->isAutoRepeat()) {
        if (const QString key = focusedKey(); !key.isEmpty()) {
            dismiss(key);
            return;
        }
    }
    QWidget::keyPressEvent(event);
}

} // namespace countermand

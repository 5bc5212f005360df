#include "ui/notices/toastcard.h"

#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/look/newerqt.h"
#include "ui/look/noticelabel.h"
#include "ui/look/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QMouseEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QShowEvent>
#include <QStyle>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int toastHeight = 38;
constexpr int sidePadding = 10;
constexpr int topPadding = 6;
constexpr int gap = 8;
constexpr int closeSize = 24;
constexpr int actionHeight = 26;
constexpr int arcTurn = 1200;
constexpr int barWidth = 160;
constexpr int barHeight = 18;

/// Names of the batch toast's buttons (docs/design.md, Several orders); empty for actions of plain toasts.
QString batchButtonName(ToastAction action)
{
    switch (action) {
    case ToastAction::StopRemaining:
        return u"batchStopButton"_s;
    case ToastAction::ShowList:
        return u"batchListButton"_s;
    case ToastAction::CancelRefused:
    case ToastAction::CancelStillOpen:
        return u"batchRefusedButton"_s;
    case ToastAction::None:
    case ToastAction::CheckNow:
    case ToastAction::Details:
    case ToastAction::OpenAccount:
    case ToastAction::CancelAgain:
    case ToastAction::CancelNew:
    case ToastAction::Stop:
    case ToastAction::ShowNewOrders:
    case ToastAction::ShowOrder:
        break;
    }
    return {};
}

} // namespace

ToastCard::ToastCard(const QString &key, int number, QWidget *parent)
    : NoticeFrame(Shape::Card, Severity::Neutral, parent),
      m_key(key),
      m_number(number),
      m_text(new NoticeText(this)),
      m_action(makeAction()),
      m_bar(new QProgressBar(this)),
      m_close(new QToolButton(this))
{
    const QString name = QString::number(number);
    setObjectName(u"toast_"_s + name);
    setFocusPolicy(Qt::TabFocus);

    m_bar->setObjectName(u"batchProgress"_s);
    m_bar->setAccessibleName(tr("Cancel progress"));
    m_bar->setRange(0, 100);
    m_bar->hide();

    m_close->setObjectName(u"toastClose_"_s + name);
    m_close->setAccessibleName(tr("Dismiss"));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setProperty("flat", true);
    m_close->setProperty("compact", true);
    m_close->setFocusPolicy(Qt::TabFocus);
    m_close->setIconSize({12, 12});

    m_arc.setStartValue(0.0);
    m_arc.setEndValue(360.0);
    m_arc.setDuration(arcTurn);
    m_arc.setLoopCount(-1);
    connect(&m_arc, &QVariantAnimation::valueChanged, this, [this] {
        const int side = iconSize + 4;
        update(0, 0, edgeWidth + sidePadding + side, height());
        update(width() - edgeWidth - sidePadding - side, 0, edgeWidth + sidePadding + side, height());
    });

    connect(m_close, &QToolButton::clicked, this, [this] { emit closeRequested(); });
    setSeverity(Severity::Neutral);
}

QPushButton *ToastCard::makeAction()
{
    auto *button = new QPushButton(this);
    button->setAutoDefault(false);
    button->setProperty("compact", true);
    button->setFocusPolicy(Qt::TabFocus);
    button->hide();
    connect(button, &QPushButton::clicked, this, [this, button] {
        const int more = int(m_more.indexOf(button));
        emit actionRequested(more < 0 ? m_content.action : m_content.moreActions.value(more));
    });
    return button;
}

void ToastCard::showAction(QPushButton *button, ToastAction action)
{
    const QString label = actionLabel(action, m_content.failed);
    const QString batchName = batchButtonName(action);
    button->setObjectName(batchName.isEmpty() ? u"toastAction_%1"_s.arg(m_number) : batchName);
    button->setText(label);
    button->setAccessibleName(label);
    button->setVisible(!label.isEmpty());
}

void ToastCard::setContent(const ToastContent &content, int revision)
{
    m_content = content;
    m_revision = revision;
    setAccessibleName(content.headline + u' ' + content.text);
    m_text->setWords(content.headline, content.text);
    setObjectName(isBatch() ? u"batchToast"_s : u"toast_%1"_s.arg(m_number));
    while (m_more.size() < content.moreActions.size())
        m_more.append(makeAction());
    showAction(m_action, content.action);
    for (qsizetype i = 0; i < m_more.size(); ++i)
        showAction(m_more.at(i), content.moreActions.value(i, ToastAction::None));
    m_bar->setVisible(content.percentDone >= 0);
    m_bar->setValue(content.percentDone);
    m_bar->setFormat(content.barText);
    if (content.showsOrder)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    setSeverity(content.severity);
    updateArc();
    place();
}

void ToastCard::showEvent(QShowEvent *event)
{
    NoticeFrame::showEvent(event);
    // A card also comes and goes with the room there is.
    if (!event->spontaneous() && std::exchange(m_announced, m_revision) != m_revision)
        announce(this, accessibleName(), m_content.sticky);
}

void ToastCard::mousePressEvent(QMouseEvent *event)
{
    m_pressed = m_content.showsOrder && event->button() == Qt::LeftButton;
    event->setAccepted(m_pressed);
}

void ToastCard::mouseReleaseEvent(QMouseEvent *event)
{
    const bool clicked = std::exchange(m_pressed, false) && rect().contains(event->position().toPoint());
    event->setAccepted(clicked);
    if (clicked && m_content.showsOrder)
        emit actionRequested(ToastAction::ShowOrder);
}

void ToastCard::retire()
{
    for (QObject *named : std::initializer_list<QObject *>{this, m_action, m_bar, m_close})
        named->setObjectName(QString());
    for (QPushButton *button : std::as_const(m_more))
        button->setObjectName(QString());
    disconnect(this, &ToastCard::actionRequested, nullptr, nullptr);
    disconnect(this, &ToastCard::closeRequested, nullptr, nullptr);
}

void ToastCard::setStill(bool still)
{
    m_still = still;
    updateArc();
}

QList<QWidget *> ToastCard::focusStops() const
{
    QList<QWidget *> stops{const_cast<ToastCard *>(this)};
    if (!m_action->isHidden())
        stops += m_action;
    for (QPushButton *button : m_more) {
        if (!button->isHidden())
            stops += button;
    }
    stops += m_close;
    return stops;
}

int ToastCard::textWidth(int width) const
{
    int rest = width - edgeWidth - 2 * sidePadding - iconSize - gap - gap - closeSize;
    if (!m_action->isHidden())
        rest -= m_action->sizeHint().width() + gap;
    for (const QPushButton *button : m_more)
        rest -= button->isHidden() ? 0 : button->sizeHint().width() + gap;
    if (!m_bar->isHidden())
        rest -= barWidth + gap;
    return qMax(80, rest);
}

int ToastCard::heightForWidth(int width) const
{
    return qMax(toastHeight, m_text->heightForWidth(textWidth(width)) + 2 * topPadding + 2);
}

QSize ToastCard::sizeHint() const
{
    return QSize(600, heightForWidth(600));
}

QSize ToastCard::minimumSizeHint() const
{
    return QSize(320, toastHeight);
}

bool ToastCard::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
        updateArc();
        break;
    case QEvent::FocusIn:
    case QEvent::FocusOut:
        update();
        break;
    default:
        break;
    }
    return NoticeFrame::event(event);
}

void ToastCard::changeEvent(QEvent *event)
{
    NoticeFrame::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::LayoutDirectionChange:
        place();
        break;
    default:
        break;
    }
}

void ToastCard::resizeEvent(QResizeEvent *event)
{
    NoticeFrame::resizeEvent(event);
    place();
}

void ToastCard::place()
{
    const auto put = [this](QWidget *widget, const QRect &rectangle) {
        widget->setGeometry(QStyle::visualRect(layoutDirection(), rect(), rectangle));
    };
    const int textLeft = edgeWidth + sidePadding + iconSize + gap;
    put(m_text, QRect(textLeft, topPadding, textWidth(width()), height() - 2 * topPadding));
    // Buttons stay level with the first line, where the icon is.
    const int middle = toastHeight / 2;
    const int closeLeft = width() - sidePadding - closeSize + 4;
    put(m_close, QRect(closeLeft, middle - closeSize / 2, closeSize, closeSize));
    int right = closeLeft;
    const auto putBefore = [&](QWidget *widget, const QSize &size) {
        if (widget->isHidden())
            return;
        right -= gap + size.width();
        put(widget, QRect(QPoint(right, middle - size.height() / 2), size));
    };
    for (auto button = m_more.crbegin(); button != m_more.crend(); ++button)
        putBefore(*button, QSize((*button)->sizeHint().width(), actionHeight));
    putBefore(m_action, QSize(m_action->sizeHint().width(), actionHeight));
    putBefore(m_bar, QSize(barWidth, qMax(barHeight, fontMetrics().height() + 2)));
}

void ToastCard::dress()
{
    const Theme &theme = themeOf(palette());
    m_text->setColors(theme.ink(m_content.severity), theme.text);
    m_close->setIcon(tintedIcon(Icon::Close, theme.text2, theme.text2));
}

void ToastCard::updateArc()
{
    const bool turn = m_content.severity == Severity::Progress && !m_still && isVisible();
    if (turn && m_arc.state() != QAbstractAnimation::Running)
        m_arc.start();
    else if (!turn && m_arc.state() == QAbstractAnimation::Running)
        m_arc.stop();
}

QRect ToastCard::iconPlace() const
{
    return {edgeWidth + sidePadding, (toastHeight - iconSize) / 2, iconSize, iconSize};
}

qreal ToastCard::iconAngle() const
{
    return m_arc.state() == QAbstractAnimation::Running ? m_arc.currentValue().toReal() : 0;
}

} // namespace countermand

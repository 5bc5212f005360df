#include "ui/table/filterbox.h"

#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QStyle>
#include <QToolButton>

#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// Nobody types on this fast: what stands there is what was meant.
constexpr auto typingPause = 150ms;
/// Who has stopped for so long wants to know what is wrong.
constexpr auto longPause = 1000ms;
constexpr int longestText = 500;
/// Of what isn't understood so much is said again.
constexpr qsizetype longestTerm = 40;
constexpr int leastBoxWidth = 160;
constexpr int mostBoxWidth = 480;

struct Example {
    QString term;
    QString finds;
};

QList<Example> examples()
{
    return {
        {u"btc"_s, FilterBox::tr("Instrument, side, type, or the last four of the id")},
        {u"inst:btc"_s, FilterBox::tr("Of instruments with “btc” in their name")},
        {u"side:long"_s, FilterBox::tr("Open or close a long position; also side:buy")},
        {u"type:stop"_s, FilterBox::tr("Stop loss and trailing stop orders")},
        {u"id:1947"_s, FilterBox::tr("Ids that end in 1947")},
        {u"px>64000"_s, FilterBox::tr("Price above 64,000; also < <= >= =")},
        {u"rem<=10"_s, FilterBox::tr("At most 10 contracts remain")},
        {u"filled>0"_s, FilterBox::tr("Partly filled")},
        {u"age>1h"_s, FilterBox::tr("Placed more than an hour ago; s m h d")},
        {u"state:failed"_s, FilterBox::tr("Whose cancel has failed")},
        {u"is:orphan"_s, FilterBox::tr("That have lost their position")},
        {u"-eth"_s, FilterBox::tr("Without “eth”; - excludes whatever follows")},
        {u"\"open long\""_s, FilterBox::tr("Words that belong together")},
    };
}

} // namespace

FilterBox::FilterBox(QWidget *parent)
    : QLineEdit(parent),
      m_error(new QLabel(parent)),
      m_icon(addAction(QIcon(), LeadingPosition)),
      m_help(addAction(QIcon(), TrailingPosition))
{
    setObjectName(u"filterEdit"_s);
    setAccessibleName(tr("Filter orders"));
    setPlaceholderText(tr("Filter"));
    setToolTip(tr("Words, \"two words\", -without, inst: side: type: id: state: px rem filled age (Ctrl+F)"));
    setClearButtonEnabled(true);
    setMaxLength(longestText);
    setMaximumWidth(mostBoxWidth);
    m_error->setObjectName(u"filterError"_s);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setContentsMargins(12, 0, 12, 0);
    // It lies over the line below the box and takes no room of its own.
    m_error->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_error->setAutoFillBackground(true);
    m_error->hide();
    m_help->setText(tr("Filter examples"));
    m_help->setToolTip(tr("Examples (Down)"));
    connect(m_help, &QAction::triggered, this, &FilterBox::openHelp);
    const auto buttons = findChildren<QToolButton *>();
    for (QToolButton *button : buttons) {
        if (button->defaultAction() == m_help) {
            button->setObjectName(u"filterHelpButton"_s);
            button->setAccessibleName(m_help->text());
        }
    }
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    m_longPause.setSingleShot(true);
    m_longPause.setInterval(longPause);
    connect(&m_pause, &QTimer::timeout, this, &FilterBox::readSoFar);
    connect(&m_longPause, &QTimer::timeout, this, &FilterBox::read);
    connect(this, &QLineEdit::textChanged, this, [this] {
        m_longPause.stop();
        // What was wrong is being mended.
        setError({});
        // An emptied box shows everything without a pause.
        if (text().isEmpty())
            read();
        else
            m_pause.start();
    });
    renewLook();
}

void FilterBox::apply(const QString &text)
{
    setText(text);
    read();
}

void FilterBox::readSoFar()
{
    if (OrderFilter::isUnfinished(text()) || !OrderFilter::parse(text()).badTerm.isEmpty())
        m_longPause.start();
    else
        read();
}

void FilterBox::openHelp()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"filterHelpMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto all = examples();
    for (const Example &example : all) {
        QAction *action = menu->addAction(u"%1\t%2"_s.arg(example.term, example.finds));
        connect(action, &QAction::triggered, this, [this, term = example.term] { addTerm(term); });
    }
    menu->popup(mapToGlobal(isRightToLeft() ? rect().bottomRight() - QPoint(menu->sizeHint().width(), 0)
                                            : rect().bottomLeft()));
}

void FilterBox::addTerm(const QString &term)
{
    setFocus(Qt::OtherFocusReason);
    const QString before = text().trimmed();
    apply(before.isEmpty() ? term : before + u' ' + term);
}

void FilterBox::read()
{
    m_pause.stop();
    m_longPause.stop();
    const auto [filter, badTerm] = OrderFilter::parse(text());
    setError(badTerm);
    if (!badTerm.isEmpty() || filter == m_filter)
        return;
    m_filter = filter;
    emit filterChanged(m_filter);
}

void FilterBox::setError(const QString &badTerm)
{
    const QString term = badTerm.size() > longestTerm ? badTerm.left(longestTerm - 1) + QChar(0x2026) : badTerm;
    const QString words = badTerm.isEmpty()
                              ? QString()
                              : tr("Don't understand “%1”. Try inst:btc, side:long, px>64000, age>1h.").arg(term);
    if (m_error->text() == words)
        return;
    m_error->setText(words);
    renewErrorVisible();
    setProperty("error", !words.isEmpty());
    style()->unpolish(this);
    style()->polish(this);
    describe(this, words);
}

void FilterBox::renewErrorVisible()
{
    m_error->setVisible(!m_error->text().isEmpty() && hasFocus());
}

void FilterBox::setCollapsed(bool collapsed)
{
    if (std::exchange(m_collapsed, collapsed) == collapsed)
        return;
    setPlaceholderText(collapsed ? QString() : tr("Filter"));
    setClearButtonEnabled(!collapsed);
    m_help->setVisible(!collapsed);
    setMaximumWidth(collapsed ? collapsedWidth : mostBoxWidth);
    updateGeometry();
}

QSize FilterBox::sizeHint() const
{
    return {m_collapsed ? collapsedWidth : leastBoxWidth, QLineEdit::sizeHint().height()};
}

QSize FilterBox::minimumSizeHint() const
{
    return {sizeHint().width(), QLineEdit::minimumSizeHint().height()};
}

void FilterBox::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    renewErrorVisible();
    emit focusChanged();
}

void FilterBox::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (m_pause.isActive() || m_longPause.isActive())
        read();
    renewErrorVisible();
    emit focusChanged();
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (key == Qt::Key_Escape) {
        if (text().isEmpty())
            emit left();
        else
            clear();
        event->accept();
    } else if (key == Qt::Key_Down && event->modifiers() == Qt::NoModifier) {
        openHelp();
        event->accept();
    } else if ((key == Qt::Key_Return || key == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier) {
        read();
        if (m_error->text().isEmpty())
            emit left();
        event->accept();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void FilterBox::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        renewLook();
}

void FilterBox::renewLook()
{
    const Theme &theme = themeOf(palette());
    m_icon->setIcon(tintedIcon(Icon::Search, theme.text2, theme.text2));
    m_help->setIcon(tintedIcon(Icon::Unknown, theme.text2, theme.text2));
    QPalette colors = m_error->palette();
    colors.setColor(QPalette::WindowText, theme.ink(Severity::Error));
    colors.setColor(QPalette::Window, theme.tint(Severity::Error));
    m_error->setPalette(colors);
}

} // namespace countermand

#include "ui/table/filterbox.h"

#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QStyle>

#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// Nobody types on this fast: what stands there is what was meant.
constexpr auto typingPause = 150ms;
constexpr int longestText = 500;
/// Of what isn't understood so much is said again.
constexpr qsizetype longestTerm = 40;
constexpr int leastBoxWidth = 160;
constexpr int mostBoxWidth = 480;

} // namespace

FilterBox::FilterBox(QWidget *parent)
    : QLineEdit(parent), m_error(new QLabel(parent)), m_icon(addAction(QIcon(), LeadingPosition))
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
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &FilterBox::read);
    connect(this, &QLineEdit::textChanged, this, [this] {
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

void FilterBox::read()
{
    m_pause.stop();
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
    QPalette colors = m_error->palette();
    colors.setColor(QPalette::WindowText, theme.ink(Severity::Error));
    colors.setColor(QPalette::Window, theme.tint(Severity::Error));
    m_error->setPalette(colors);
}

} // namespace countermand

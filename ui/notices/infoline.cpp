#include "ui/notices/infoline.h"

#include "ui/look/accessible.h"
#include "ui/look/plural.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QStyleOption>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int lineHeight = 36;
constexpr int sideMargin = 12;
/// Above and below the words of a button in the line.
constexpr int roomForButton = 14;

} // namespace

/// One line of text whose parts stand between " · ": where they have no room together the last ones are left out.
class InfoText : public QLabel
{
    Q_OBJECT

public:
    explicit InfoText(QWidget *parent) : QLabel(parent)
    {
        setTextFormat(Qt::PlainText);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    }

    void setWhole(const QString &text)
    {
        m_whole = text;
        fit();
    }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QLabel::resizeEvent(event);
        fit();
    }

    void showEvent(QShowEvent *event) override
    {
        QLabel::showEvent(event);
        fit();
    }

    void paintEvent(QPaintEvent *) override
    {
        const QRect place = rect().adjusted(sideMargin, 0, -sideMargin, 0);
        QPainter painter(this);
        const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, place.width());
        style()->drawItemText(&painter, place,
                              int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading | Qt::AlignVCenter)),
                              palette(), isEnabled(), shown, foregroundRole());
    }

private:
    void fit()
    {
        static const QString between = u" · "_s;
        QStringList parts = m_whole.split(between);
        // Before it has been given its place all of it stands.
        const int room = isVisible() ? width() - 2 * sideMargin : QWIDGETSIZE_MAX;
        while (parts.size() > 1 && fontMetrics().horizontalAdvance(parts.join(between)) > room)
            parts.removeLast();
        setText(parts.join(between));
    }

    QString m_whole;
};

InfoLine::InfoLine(QWidget *parent)
    : QWidget(parent),
      m_places(new QGridLayout(this)),
      m_text(new InfoText(this)),
      m_banners(new BannerArea(this)),
      m_hiddenColumns(new QPushButton(this))
{
    setObjectName(u"infoLine"_s);
    setFixedHeight(std::max(lineHeight, fontMetrics().height() + roomForButton));
    m_text->setObjectName(u"infoText"_s);
    m_hiddenColumns->setObjectName(u"hiddenColumnsButton"_s);
    m_hiddenColumns->setAutoDefault(false);
    m_hiddenColumns->setProperty("compact", true);
    m_hiddenColumns->hide();
    connect(m_hiddenColumns, &QPushButton::clicked, this,
            [this] { emit columnsWanted(m_hiddenColumns->mapToGlobal(QPoint(0, 0))); });

    m_places->setContentsMargins(0, 0, 0, 0);
    m_places->setSpacing(8);
    m_places->setColumnStretch(0, 1);
    m_places->addWidget(m_text, 0, 0);
    m_places->addWidget(m_banners, 0, 0);
    m_places->addWidget(m_hiddenColumns, 0, 1, Qt::AlignVCenter);
}

void InfoLine::setText(const QString &text, const QString &toolTip)
{
    m_text->setWhole(text);
    m_text->setAccessibleName(text);
    m_text->setToolTip(toolTip.isEmpty() ? text : text + u'\n' + toolTip);
}

void InfoLine::setHiddenColumns(const QStringList &names)
{
    const int count = int(names.size());
    m_hiddenColumns->setText(plural(count, tr("1 column hidden"), tr("%n columns hidden")));
    m_hiddenColumns->setAccessibleName(m_hiddenColumns->text());
    const QString list = tr("No room for: %1", "names of columns").arg(names.join(u", "_s));
    m_hiddenColumns->setToolTip(list);
    describe(m_hiddenColumns, list);
    m_hiddenColumns->setVisible(count > 0);
    // A button keeps clear of the window's edge; a banner alone reaches it.
    const int clear = count > 0 ? sideMargin : 0;
    m_places->setContentsMargins(isRightToLeft() ? clear : 0, 0, isRightToLeft() ? 0 : clear, 0);
}

void InfoLine::setCover(QWidget *cover)
{
    const bool visible = !cover->isHidden();
    m_places->addWidget(cover, 0, 0);
    cover->raise();
    cover->setVisible(visible);
}

} // namespace countermand

#include "infoline.moc"

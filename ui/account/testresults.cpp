#include "ui/account/testresults.h"

#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QEvent>
#include <QResizeEvent>

namespace countermand {

using namespace Qt::StringLiterals;

TestResults::TestResults(QWidget *parent) : QListWidget(parent)
{
    setObjectName("testResultList"_L1);
    setAccessibleName(tr("Test results"));
    setSelectionMode(QAbstractItemView::NoSelection);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(QListView::Adjust);
    setWordWrap(true);
    setIconSize(QSize(16, 16));
    setSpacing(2);
    setTextElideMode(Qt::ElideNone);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void TestResults::showLines(const QList<TestLine> &lines)
{
    m_lines = lines;
    clear();
    for (const TestLine &line : lines) {
        auto *item = new QListWidgetItem(line.text, this);
        item->setFlags(Qt::ItemIsEnabled);
        QString word;
        switch (line.mark) {
        case TestMark::Passed:
            word = tr("Passed");
            break;
        case TestMark::Failed:
            word = tr("Failed");
            break;
        case TestMark::Info:
            word = tr("Note");
            break;
        }
        item->setData(Qt::AccessibleDescriptionRole, word);
    }
    refreshIcons();
    setVisible(!lines.isEmpty());
    fitLines();
    emit heightChanged();
}

void TestResults::changeEvent(QEvent *event)
{
    QListWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refreshIcons();
}

void TestResults::resizeEvent(QResizeEvent *event)
{
    QListWidget::resizeEvent(event);
    if (event->oldSize().width() == event->size().width())
        return;
    fitLines();
    emit heightChanged();
}

void TestResults::refreshIcons()
{
    const Theme &theme = themeOf(palette());
    for (int row = 0; row < count() && row < m_lines.size(); ++row) {
        Icon icon = Icon::Info;
        Severity severity = Severity::Neutral;
        if (m_lines[row].mark == TestMark::Passed) {
            icon = Icon::Ok;
            severity = Severity::Success;
        } else if (m_lines[row].mark == TestMark::Failed) {
            icon = Icon::Error;
            severity = Severity::Error;
        }
        item(row)->setIcon(tintedIcon(icon, theme.ink(severity), theme.text2));
    }
}

void TestResults::fitLines()
{
    // Now, not with the next event: the heights of wrapped lines depend on the width.
    doItemsLayout();
    int high = 2 * frameWidth() + 4;
    for (int row = 0; row < count(); ++row)
        high += visualItemRect(item(row)).height() + 2 * spacing();
    setFixedHeight(high);
}

} // namespace countermand

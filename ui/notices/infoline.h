#pragma once

#include "ui/notices/bannerarea.h"

#include <QString>
#include <QStringList>
#include <QWidget>

class QGridLayout;
class QPushButton;

namespace countermand {

class InfoText;

/// The line above the table, always of the same height, so that nothing that comes or goes on it moves a row
/// (objectName infoLine): what the list holds (infoText), or over it a banner, or over both whatever covers it.
class InfoLine : public QWidget
{
    Q_OBJECT

public:
    explicit InfoLine(QWidget *parent = nullptr);

    void setText(const QString &text, const QString &toolTip = {});
    /// What the window has no room for: counted on a button (hiddenColumnsButton) and named in its tooltip.
    void setHiddenColumns(const QStringList &names);
    BannerArea &banners() { return *m_banners; }
    /// Lies over text and banners while it is visible. Becomes a child.
    void setCover(QWidget *cover);

signals:
    /// The user wants to choose columns; below this place of the screen there are rows.
    void columnsWanted(const QPoint &onScreen);

private:
    QGridLayout *m_places;
    InfoText *m_text;
    BannerArea *m_banners;
    QPushButton *m_hiddenColumns;
};

} // namespace countermand

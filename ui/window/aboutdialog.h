#pragma once

#include <QDialog>

namespace countermand {

/// Name, version, license, Qt's version. Call open(); deletes itself when it closes.
class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    AboutDialog(const QString &version, QWidget *parent);
};

} // namespace countermand

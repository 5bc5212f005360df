#include "ui/program/startfaileddialog.h"

#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QPushButton>
#include <QUrl>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

/// The folder, or the nearest one above it that is there.
QString nearestFolder(const QString &folder)
{
    QString path = QDir::cleanPath(folder);
    while (!QFileInfo(path).isDir() && QFileInfo(path).path() != path)
        path = QFileInfo(path).path();
    return path;
}

QString withPath(const QString &reason, const QString &folder)
{
    const QString path = QDir::toNativeSeparators(folder);
    return path.isEmpty() || reason.contains(path) ? reason : reason + u'\n' + path;
}

} // namespace

StartFailedDialog::StartFailedDialog(QWidget *parent)
    : QuestionDialog(u"startFailedDialog"_s, tr("Countermand"), parent)
{}

StartFailedDialog *StartFailedDialog::forProblem(const QString &reason, const QString &folder, QWidget *parent)
{
    auto *dialog = new StartFailedDialog(parent);
    QPushButton *open =
        dialog->addButton(u"startFailedOpenButton"_s, tr("&Open folder"), QDialogButtonBox::ActionRole);
    QPushButton *close = dialog->addButton(u"startFailedCloseButton"_s, tr("&Close"), QDialogButtonBox::RejectRole);
    connect(open, &QPushButton::clicked, dialog,
            [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(nearestFolder(folder))); });
    connect(close, &QPushButton::clicked, dialog, &QDialog::reject);
    dialog->makeDefault(close);
    dialog->setWords(tr("Countermand can't start"), withPath(reason, folder));
    return dialog;
}

StartFailedDialog *StartFailedDialog::forOtherComputer(const LockHolder &holder, const QString &folder,
                                                       QWidget *parent)
{
    auto *dialog = new StartFailedDialog(parent);
    QPushButton *start = dialog->addButton(u"startHereButton"_s, tr("&Start here"), QDialogButtonBox::ActionRole);
    QPushButton *close = dialog->addButton(u"startFailedCloseButton"_s, tr("&Close"), QDialogButtonBox::RejectRole);
    connect(start, &QPushButton::clicked, dialog, [dialog] {
        dialog->m_startHere = true;
        dialog->accept();
    });
    connect(close, &QPushButton::clicked, dialog, &QDialog::reject);
    dialog->makeDefault(close);
    const QString host = holder.host.isEmpty() ? tr("another computer") : holder.host;
    const QString time = QLocale().toString(holder.since.toLocalTime(), QLocale::ShortFormat);
    dialog->setWords(tr("Countermand can't start"),
                     withPath(tr("This folder was in use on “%1” at %2.").arg(host, time), folder));
    return dialog;
}

void StartFailedDialog::done(int result)
{
    const bool wasOpen = isVisible();
    QDialog::done(result);
    if (!wasOpen)
        return;
    if (m_startHere)
        emit startHereChosen();
    else
        emit closed();
}

} // namespace countermand

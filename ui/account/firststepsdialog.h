#pragma once

#include <QDialog>

namespace countermand {

/// The two ways to begin, over whatever the window shows: nothing is closed by looking. Deletes itself when it
/// closes. Call open().
class FirstStepsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit FirstStepsDialog(QWidget *parent);

protected:
    bool focusNextPrevChild(bool next) override;

signals:
    /// Chosen, and the dialog has closed.
    void practiceChosen();
    void connectChosen();
};

} // namespace countermand

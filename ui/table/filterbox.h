#pragma once

#include "ui/table/orderfilter.h"

#include <QLineEdit>
#include <QTimer>

class QAction;
class QLabel;

namespace countermand {

/// The filter of the toolbar (objectName filterEdit): applies while typing, after a short pause. A term it does not
/// understand leaves the last result as it was and, once the user has stopped typing, is named in errorLabel(). "?"
/// (filterHelpButton), or the key Down, opens examples.
class FilterBox : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterBox(QWidget *parent);

    /// Replaces the text and applies it at once.
    void apply(const QString &text);
    /// What is applied.
    const OrderFilter &filter() const { return m_filter; }
    /// Names the term that isn't understood, for below the box (objectName filterError); seen while there is one and
    /// the box has the focus.
    QLabel *errorLabel() { return m_error; }
    static constexpr int collapsedWidth = 36;
    /// Nothing but its icon, so many pixels wide, where there is no room for more.
    void setCollapsed(bool collapsed);
    /// Opens filterHelpMenu below the box: examples with what they find. One that is chosen is added to what stands
    /// in the box.
    void openHelp();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void filterChanged(const countermand::OrderFilter &filter);
    /// Esc in an empty box, or Enter: the user is done here.
    void left();
    /// It has got or lost the focus.
    void focusChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void read();
    /// The same while the user is still typing: what may only be the beginning of a term is left for later.
    void readSoFar();
    void addTerm(const QString &term);
    void setError(const QString &badTerm);
    void renewErrorVisible();
    void renewLook();

    OrderFilter m_filter;
    QTimer m_pause;
    QTimer m_longPause;
    QLabel *m_error;
    QAction *m_icon;
    QAction *m_help;
    bool m_collapsed = false;
};

} // namespace countermand

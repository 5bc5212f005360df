#pragma once

#include <QClipboard>
#include <QLineEdit>
#include <QPointer>

#include <optional>

namespace countermand {

/// A field for a secret. The toolkit's part of it holds one dot per character, so that nothing the toolkit does with
/// a text (telling assistive tools each change, clipboard, drag, undo) can give the secret away; the characters live
/// in a buffer of the field's own, which is wiped whenever it changes and at the end. While revealed they are painted
/// over the field only. Typing, pasting, input methods and every kind of deletion work as in other fields.
///
/// Read secret(), not text(). textEdited() tells of each change that the user makes, with dots only.
class SecretEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit SecretEdit(QWidget *parent);
    ~SecretEdit() override;

    /// The characters as they were entered; empty when there are none.
    const QString &secret() const { return m_secret; }
    void setSecret(const QString &secret);

    /// Shows the text as long as it is true; ends by itself when it changes, the window loses activation or the field
    /// hides.
    void setRevealed(bool revealed);
    bool isRevealed() const { return !m_plain.isNull(); }

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void enter(const QString &characters);
    void enterClipboard(QClipboard::Mode mode);
    QString changed(qsizetype at, qsizetype removed, QStringView added) const;
    void expect(QString next);
    void expectNothing();
    void follow();
    void take(QString next);

    QString m_secret;
    /// What the secret is once the toolkit has done with its dots what it was just told to do.
    std::optional<QString> m_next;
    QPointer<QWidget> m_plain;
};

} // namespace countermand

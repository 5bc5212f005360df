#pragma once

#include "domain/account.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QWidget>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace countermand {

class SecretEdit;
class SwatchButton;

/// The fields of AccountDialog: name, badge color, key and secret, each with a line below it that says what is wrong
/// or what was corrected.
class AccountForm : public QWidget
{
    Q_OBJECT

public:
    /// `takenNames`: names of the other profiles, compared without regard to case.
    AccountForm(const QStringList &takenNames, QWidget *parent);

    /// The badge colors of the other profiles, with a name each. A new account gets the first that none has; one that
    /// another has is allowed, with a warning.
    void setTakenColors(const QMultiMap<int, QString> &names);

    /// Shows a stored account: its key if it can be read now (else empty), and its secret as "Stored in the keychain"
    /// until the user chooses Replace or changes the key.
    void setStored(const Account &account, const QString &apiKey);

    QString name() const;
    int swatch() const;
    /// As cleaned. Empty while what is stored stays.
    QString key() const;
    QString secret() const;

    /// Says at the fields what is wrong, and moves the focus to the first such field.
    bool checkAll();
    /// The same for key and secret only.
    bool checkKeys();

    /// Key and secret are missing: they are asked for, whatever was stored, and the key has the focus.
    void askForKeys();
    void focusName();
    void forgetSecret();

signals:
    /// Key or secret differ from before: an earlier test says nothing any more.
    void keysEdited();
    void heightChanged();

private:
    enum class NoteKind { Correction, Warning, Problem };

    void buildNameAndColor(QGridLayout *grid);
    void buildKey(QGridLayout *grid);
    void buildSecret(QGridLayout *grid);
    QPushButton *smallButton(const QString &objectName, const QString &text, const QString &description);
    QLabel *noteBelow(QGridLayout *grid, int row, const QString &objectName);
    void cleanUp(QLineEdit *edit, QLabel *note);
    void put(QLineEdit *edit, const QString &text);
    void paste(QLineEdit *edit, QLabel *note);
    void editReplaced();
    void setReplacing(bool replacing);
    QString nameProblem() const;
    void renewColorNote();
    void setNote(QLabel *note, const QString &text, NoteKind kind = NoteKind::Problem);

    QStringList m_takenNames;
    bool m_isStored = false;
    /// It was chosen before.
    bool m_hasColor = false;
    bool m_replacing = true;
    QString m_storedKey;

    QLineEdit *m_name = nullptr;
    QLabel *m_nameNote = nullptr;
    QList<SwatchButton *> m_swatches;
    QMultiMap<int, QString> m_takenColors;
    QLabel *m_colorNote = nullptr;
    QLineEdit *m_key = nullptr;
    QLabel *m_keyNote = nullptr;
    SecretEdit *m_secret = nullptr;
    QLabel *m_secretNote = nullptr;
    QToolButton *m_reveal = nullptr;
    QPushButton *m_secretPaste = nullptr;
    QPushButton *m_secretReplace = nullptr;
};

} // namespace countermand

#include "ui/account/accountform.h"

#include "domain/credentials.h"
#include "domain/wipe.h"
#include "ui/account/keycleaning.h"
#include "ui/account/secretedit.h"
#include "ui/account/swatchbutton.h"
#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestName = 24;
constexpr int swatches = 8;

enum Row { NameRow, NameNoteRow, ColorRow, ColorNoteRow, KeyRow, KeyNoteRow, SecretRow, SecretNoteRow };

QLabel *fieldLabel(const QString &text, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(buddy);
    return label;
}

} // namespace

AccountForm::AccountForm(const QStringList &takenNames, QWidget *parent) : QWidget(parent), m_takenNames(takenNames)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    buildNameAndColor(grid);
    buildKey(grid);
    buildSecret(grid);
}

void AccountForm::buildNameAndColor(QGridLayout *grid)
{
    m_name = new QLineEdit(this);
    m_name->setObjectName("accountNameEdit"_L1);
    m_name->setAccessibleName(tr("Profile name"));
    m_name->setMaxLength(longestName);
    m_name->setPlaceholderText(tr("For example: Main account"));
    grid->addWidget(fieldLabel(tr("&Profile name"), m_name, this), NameRow, 0);
    grid->addWidget(m_name, NameRow, 1, 1, 2);
    m_nameNote = noteBelow(grid, NameNoteRow, u"accountNameNote"_s);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        // Too early to complain about an empty name; a taken one is worth saying at once.
        setNote(m_nameNote, name().isEmpty() ? QString() : nameProblem());
    });

    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    auto *group = new QButtonGroup(this);
    for (int i = 0; i < swatches; ++i) {
        auto *button = new SwatchButton(i, this);
        group->addButton(button, i);
        row->addWidget(button);
        m_swatches.append(button);
    }
    row->addStretch(1);
    m_swatches.first()->setChecked(true);
    grid->addWidget(fieldLabel(tr("&Badge color"), m_swatches.first(), this), ColorRow, 0);
    grid->addLayout(row, ColorRow, 1, 1, 2);
    m_colorNote = noteBelow(grid, ColorNoteRow, u"accountColorNote"_s);
    connect(group, &QButtonGroup::idToggled, this, &AccountForm::renewColorNote);
}

void AccountForm::setTakenColors(const QMultiMap<int, QString> &names)
{
    m_takenColors = names;
    if (!m_hasColor) {
        for (int i = 0; i < swatches; ++i) {
            if (!names.contains(i)) {
                m_swatches.at(i)->setChecked(true);
                break;
            }
        }
    }
    renewColorNote();
}

void AccountForm::renewColorNote()
{
    const QStringList others = m_takenColors.values(swatch());
    setNote(m_colorNote, others.isEmpty() ? QString() : tr("“%1” has this color, too.").arg(others.constFirst()),
            NoteKind::Warning);
}

void AccountForm::buildKey(QGridLayout *grid)
{
    m_key = new QLineEdit(this);
    m_key->setObjectName("apiKeyEdit"_L1);
    m_key->setAccessibleName(tr("API key"));
    m_key->setInputMethodHints(Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    grid->addWidget(fieldLabel(tr("API &key"), m_key, this), KeyRow, 0);
    grid->addWidget(m_key, KeyRow, 1);
    QPushButton *pasteKey = smallButton(u"apiKeyPaste"_s, tr("Paste"), tr("Paste the API key from the clipboard"));
    grid->addWidget(pasteKey, KeyRow, 2);
    m_keyNote = noteBelow(grid, KeyNoteRow, u"apiKeyNote"_s);
    connect(m_key, &QLineEdit::textEdited, this, [this] { cleanUp(m_key, m_keyNote); });
    connect(pasteKey, &QPushButton::clicked, this, [this] { paste(m_key, m_keyNote); });
}

void AccountForm::buildSecret(QGridLayout *grid)
{
    m_secret = new SecretEdit(this);
    m_secret->setObjectName("secretEdit"_L1);
    m_secret->setAccessibleName(tr("Secret key"));
    m_reveal = new QToolButton(this);
    m_reveal->setObjectName("secretReveal"_L1);
    m_reveal->setAccessibleName(tr("Show while pressed"));
    m_reveal->setToolTip(tr("Show while pressed"));
    m_reveal->setFocusPolicy(Qt::StrongFocus);
    m_reveal->setMinimumSize(32, 32);
    m_reveal->setIcon(tintedIcon(Icon::Eye, themeOf(palette()).text, themeOf(palette()).text2));
    m_secretPaste = smallButton(u"secretPaste"_s, tr("Paste"), tr("Paste the secret key from the clipboard"));
    m_secretReplace = smallButton(u"secretReplace"_s, tr("Replace"), tr("Enter another secret key"));

    auto *field = new QHBoxLayout;
    field->setSpacing(8);
    field->addWidget(m_secret, 1);
    field->addWidget(m_reveal);
    grid->addWidget(fieldLabel(tr("S&ecret key"), m_secret, this), SecretRow, 0);
    grid->addLayout(field, SecretRow, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    buttons->addWidget(m_secretPaste);
    buttons->addWidget(m_secretReplace);
    grid->addLayout(buttons, SecretRow, 2);
    m_secretNote = noteBelow(grid, SecretNoteRow, u"secretNote"_s);

    connect(m_secret, &QLineEdit::textEdited, this, [this] { cleanUp(m_secret, m_secretNote); });
    connect(m_secretPaste, &QPushButton::clicked, this, [this] { paste(m_secret, m_secretNote); });
    connect(m_secretReplace, &QPushButton::clicked, this, &AccountForm::editReplaced);
    connect(m_reveal, &QToolButton::pressed, m_secret, [this] { m_secret->setRevealed(true); });
    connect(m_reveal, &QToolButton::released, m_secret, [this] { m_secret->setRevealed(false); });
    setReplacing(true);
}

QPushButton *AccountForm::smallButton(const QString &objectName, const QString &text, const QString &description)
{
    QPushButton *button = dialogButton(objectName, text, this);
    button->setMinimumSize(84, 32);
    // Enter in a field must not press the next small button.
    button->setAutoDefault(false);
    button->setToolTip(description);
    describe(button, description);
    return button;
}

QLabel *AccountForm::noteBelow(QGridLayout *grid, int row, const QString &objectName)
{
    QLabel *note = textLabel({}, this);
    note->setObjectName(objectName);
    note->hide();
    grid->addWidget(note, row, 1, 1, 2);
    return note;
}

void AccountForm::setStored(const Account &account, const QString &apiKey)
{
    m_isStored = true;
    m_hasColor = true;
    m_storedKey = apiKey;
    m_name->setText(account.name);
    if (account.swatch >= 0 && account.swatch < m_swatches.size())
        m_swatches[account.swatch]->setChecked(true);
    m_key->setText(apiKey);
    if (apiKey.isEmpty())
        m_key->setPlaceholderText(tr("Stored in the keychain"));
    setReplacing(false);
}

QString AccountForm::name() const
{
    return m_name->text().simplified();
}

int AccountForm::swatch() const
{
    for (qsizetype i = 0; i < m_swatches.size(); ++i) {
        if (m_swatches[i]->isChecked())
            return static_cast<int>(i);
    }
    return 0;
}

QString AccountForm::key() const
{
    return cleanedKey(m_key->text()).text;
}

QString AccountForm::secret() const
{
    return m_replacing ? cleanedKey(m_secret->secret()).text : QString();
}

QString AccountForm::nameProblem() const
{
    if (name().isEmpty())
        return tr("Give the profile a name.");
    return m_takenNames.contains(name(), Qt::CaseInsensitive) ? tr("A profile with this name exists.") : QString();
}

bool AccountForm::checkAll()
{
    const QString problem = nameProblem();
    setNote(m_nameNote, problem);
    const bool keysAreGood = checkKeys();
    if (!problem.isEmpty())
        m_name->setFocus(Qt::OtherFocusReason);
    return problem.isEmpty() && keysAreGood;
}

bool AccountForm::checkKeys()
{
    if (!m_replacing)
        return true;
    const QString foreign = tr("This contains characters that keys don't have.");
    QString keyProblem;
    if (key().isEmpty())
        keyProblem = tr("Enter the API key.");
    else if (hasForeignCharacters(key()))
        keyProblem = foreign;
    QString secretProblem;
    if (secret().isEmpty())
        secretProblem = tr("Enter the secret key.");
    else if (hasForeignCharacters(secret()))
        secretProblem = foreign;
    else if (isPastedTwice(key(), secret()))
        secretProblem = tr("Key and secret are the same text. Did you paste one twice?");
    setNote(m_keyNote, keyProblem);
    setNote(m_secretNote, secretProblem);
    if (!keyProblem.isEmpty())
        m_key->setFocus(Qt::OtherFocusReason);
    else if (!secretProblem.isEmpty())
        m_secret->setFocus(Qt::OtherFocusReason);
    return keyProblem.isEmpty() && secretProblem.isEmpty();
}

void AccountForm::askForKeys()
{
    m_isStored = false;
    m_key->setPlaceholderText({});
    setReplacing(true);
    m_key->setFocus(Qt::OtherFocusReason);
}

void AccountForm::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
}

void AccountForm::forgetSecret()
{
    m_secret->setSecret({});
}

void AccountForm::cleanUp(QLineEdit *edit, QLabel *note)
{
    CleanedKey cleaned = cleanedKey(edit == m_secret ? m_secret->secret() : edit->text());
    if (cleaned.changed)
        put(edit, cleaned.text);
    if (edit == m_key && m_isStored && !m_replacing && cleaned.text != m_storedKey)
        setReplacing(true);
    if (hasForeignCharacters(cleaned.text))
        setNote(note, tr("This contains characters that keys don't have."));
    else if (isPastedTwice(key(), secret()))
        setNote(note, tr("Key and secret are the same text. Did you paste one twice?"));
    else
        setNote(note, cleaned.changed ? tr("Removed spaces or line breaks around the text.") : QString(),
                NoteKind::Correction);
    if (edit == m_secret)
        wipe(cleaned.text);
    emit keysEdited();
}

void AccountForm::put(QLineEdit *edit, const QString &text)
{
    if (edit == m_secret) {
        m_secret->setSecret(text);
    } else {
        const QSignalBlocker quiet(edit);
        edit->setText(text);
    }
}

void AccountForm::paste(QLineEdit *edit, QLabel *note)
{
    const WipesWhatIsFreed wipes;
    QString pasted = QGuiApplication::clipboard()->text();
    put(edit, pasted);
    if (edit == m_secret)
        wipe(pasted);
    cleanUp(edit, note);
    edit->setFocus(Qt::OtherFocusReason);
}

void AccountForm::editReplaced()
{
    setReplacing(true);
    m_secret->setFocus(Qt::OtherFocusReason);
    emit keysEdited();
}

void AccountForm::setReplacing(bool replacing)
{
    m_replacing = replacing;
    m_secret->setReadOnly(!replacing);
    m_secret->setPlaceholderText(replacing ? QString() : tr("Stored in the keychain"));
    m_reveal->setVisible(replacing);
    m_secretPaste->setVisible(replacing);
    m_secretReplace->setVisible(!replacing);
}

void AccountForm::setNote(QLabel *note, const QString &text, NoteKind kind)
{
    QPalette colors = palette();
    const Severity severity = kind == NoteKind::Problem   ? Severity::Error
                              : kind == NoteKind::Warning ? Severity::Warning
                                                          : Severity::Neutral;
    colors.setColor(QPalette::WindowText, themeOf(colors).ink(severity));
    note->setPalette(colors);
    note->setText(text);
    note->setVisible(!text.isEmpty());
    emit heightChanged();
}

} // namespace countermand

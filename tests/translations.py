#!/usr/bin/env python3
"""Checks that every user-visible sentence of app/ and ui/ goes through tr() and can be found by Qt's text extractor
(ARCHITECTURE.md, "Rules"):

  translations.py ROOT [LUPDATE]       no text is handed to a widget as a bare literal, no text reaches translate() by way of
                                       a variable. With lupdate (package qt6-l10n-tools) also: it has nothing to warn of, and
                                       finds each text that the source gives to tr(), under the name of a class of ours.
  translations.py --planted [LUPDATE]  checks this check: every planted fault must be found, and nothing else
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

FOLDERS = ("app", "ui")

# Comments only: strings stay. A string is matched so that a // in it is none.
COMMENT = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
STRING = r'"((?:\\.|[^"\\\n])*)"'
LITERAL = rf'(?:u8?|QStringLiteral\s*\(\s*u?|QLatin1StringView\s*\(\s*|QLatin1String\s*\(\s*|QString\s*\(\s*u?)?{STRING}'

# What shows its text, or has it read aloud; the second kind has the name of its object before.
CALLS = ("setText|setToolTip|setStatusTip|setWhatsThis|setWindowTitle|setTitle|setPlaceholderText|setAccessibleName|"
         "setAccessibleDescription|setLabelText|setInformativeText|setDetailedText|setHeaderData|setHorizontalHeaderLabels|"
         "setSuffix|setPrefix|setSpecialValueText|setFormat|setTabText|setItemText|setWords|addAction|addMenu|addTab|addItem|"
         "addItems|addPage|addRow|addSection|insertItem|showMessage|describe|headingLabel|textLabel|secondaryLabel")
NAMED_CALLS = "addButton|addDangerButton|addCheck|addChoice|addSwitch|dialogButton"
MADE = ("QLabel|QPushButton|QToolButton|QCheckBox|QRadioButton|QGroupBox|QAction|QMenu|QDockWidget|QTableWidgetItem|"
        "QListWidgetItem|QStandardItem|QTreeWidgetItem|QFileDialog|QProgressDialog|QMessageBox")
# A call, or a widget that is made: "new QLabel(", "QLabel name(".
SHOWN = re.compile(rf"\b(?:(?:{CALLS})|({NAMED_CALLS})|(?:{MADE})(?:\s+\w+)?)\s*[({{]")
# Words of toasts, notices and lines of a list, where they are put together.
SAID = re.compile(rf"(?:\b(?:headline|text|barText|label|tooltip)\s*=\s*|\bnotice\(\s*(?=\w*\"?[A-Z])){LITERAL}")
TRANSLATED = re.compile(r"\b(?:tr|translate|QT_TR\w*_NOOP|QT_TRANSLATE_NOOP)\s*\(")
# tr() with its text, whose parts may stand on several lines.
TR = re.compile(rf'(?<!\w)tr\(\s*((?:{STRING}\s*)+)')
TRANSLATE = re.compile(r"(?:Application::|(?<![.>\w]))translate\(\s*[^,()]*,\s*(\S)|\btr\(\s*([a-z])")
# Contexts that are not ours: Qt's own words for what Qt's own menus say, too.
FOREIGN = {"QLineEdit"}


def without_comments(text):
    return COMMENT.sub(lambda found: " " * len(found.group()) if found.group()[0] == "/" else found.group(), text)


def arguments(text, begin):
    """The text up to the bracket that closes the one before `begin`."""
    depth, at = 1, begin
    while at < len(text) and depth:
        if text[at] == '"':
            at = re.compile(STRING).match(text, at).end() if re.compile(STRING).match(text, at) else at + 1
            continue
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(text[at], 0)
        at += 1
    return text[begin:at - 1]


def without_translated(text):
    """Takes out what is an argument of tr()."""
    while True:
        found = TRANSLATED.search(text)
        if not found:
            return text
        inside = arguments(text, found.end())
        text = text[:found.start()] + text[found.end() + len(inside) + 1:]


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def is_sentence(words):
    """Letters make one; signs and formats are the same in every language."""
    return bool(re.search(r"[A-Za-z]", re.sub(r"%\w+|\\[nrt\"\\]|<[^<>]*>", " ", words)))


def bare_literals(text):
    """(line, words) of what is shown untranslated."""
    found = [(line_of(text, said.start()), said.group(1)) for said in SAID.finditer(text) if is_sentence(said.group(1))]
    for call in SHOWN.finditer(text):
        inside = without_translated(arguments(text, call.end()))
        if call.group(1):
            inside = re.sub(r'u?"(?:[a-z]\w*|[A-Z]\w*(?:Button|Check))"', "", inside, count=1)
        found += [(line_of(text, call.start()), literal.group(1)) for literal in re.finditer(LITERAL, inside)
                  if is_sentence(literal.group(1))]
    return found


def indirect(text):
    """Lines that translate what isn't written there, so that nobody can extract it."""
    return [line_of(text, call.start()) for call in TRANSLATE.finditer(text)
            if call.group(2) or call.group(1) != '"']


def sources(root):
    for folder in FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in (".h", ".cpp"))


def plain(parts):
    """A C++ literal of several parts as the extractor writes it."""
    text = "".join(re.findall(STRING, parts))
    return re.sub(r"\\(.)", lambda escape: {"n": "\n", "t": "\t"}.get(escape.group(1), escape.group(1)), text)


def extraction(root, lupdate):
    """What lupdate complains of or misses."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "texts.ts"
        folders = [name for name in FOLDERS if (root / name).is_dir()]
        run = subprocess.run([lupdate, "-locations", "none", "-I", ".", "-I", "app", *folders, "-ts", file], cwd=root,
                             capture_output=True, text=True, check=False)
        found = [f"lupdate: {line}" for line in (run.stdout + run.stderr).splitlines()
                 if not re.match(r"Scanning directory|Updating |\s+Found |\s+Removed |\s*$", line)]
        if run.returncode or not file.exists():
            return found + [f"lupdate: ended with {run.returncode}"]
        contexts = {context.findtext("name"): {message.findtext("source") for message in context.iter("message")}
                    for context in xml.etree.ElementTree.parse(file).getroot().iter("context")}
    texts = set().union(*contexts.values()) if contexts else set()
    found += [f"context {name}: not the name of a class of ours" for name in sorted(contexts)
              if not name.startswith("countermand::") and name not in FOREIGN]
    for path in sources(root):
        text = without_comments(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(root).as_posix()}:{line_of(text, call.start())}: not extracted: {plain(call.group(1))}"
                  for call in TR.finditer(text) if plain(call.group(1)) not in texts]
    return found


def complaints(root, lupdate):
    found = []
    for path in sources(root):
        text = without_comments(path.read_text(encoding="utf-8"))
        name = path.relative_to(root).as_posix()
        found += [f"{name}:{line}: not through tr(): {words}" for line, words in bare_literals(text)]
        found += [f"{name}:{line}: translate() of a text that isn't written there" for line in indirect(text)]
    return found + (extraction(root, lupdate) if lupdate else [])


WORDS = "namespace countermand {\nnamespace {\nstruct Words {\n    Q_DECLARE_TR_FUNCTIONS(countermand::Thing)\n};\n}\n"
CLASS = """#pragma once
namespace countermand {
class Thing : public QWidget
{
    Q_OBJECT

public:
    Thing();
};
}
"""
BODY = '#include "ui/look/thing.h"\nnamespace countermand {\nThing::Thing()\n{\n    '

# The line of a member of a class of ours, and whether the check must complain.
PLANTED = [
    ('setText(u"Refresh"_s);', True),
    ('setText(tr("Refresh"));', False),
    ('setToolTip("Read the list again"_L1);', True),
    ('m_button->setToolTip(\n        QStringLiteral("again"));', True),
    ('setWindowTitle(QString(u"Quit"));', True),
    ('m_tabs->addTab(page, u"General"_s);', True),
    ('m_tabs->addTab(page, tr("General"));', False),
    ('menu.addAction(icon(u"live"_s), tr("Live"));', True),
    ('new QLabel(u"No orders"_s, this);', True),
    ('new QLabel(tr("No orders"), this);', False),
    ('QPushButton again(QLatin1StringView("again"), this);', True),
    ('auto *box = new QCheckBox{u"Keep"_s};', True),
    ('setAccessibleName(u"%1: %2"_s.arg(label, value));', False),
    ('setAccessibleName(u"Price %1"_s.arg(value));', True),
    ('setText(n == 1 ? tr("1 order") : u"many orders"_s);', True),
    ('setText(u"—"_s);', False),
    ('setText(u"<b>%1</b>\\n"_s.arg(tr("Bold", "a \\"hint\\" (of one)")));', False),
    ('setObjectName(u"refreshButton"_s);', False),
    ('addButton(u"keepButton"_s, tr("&Keep"), role);', False),
    ('addButton(u"keepButton"_s, u"&Keep"_s, role);', True),
    ('addButton(u"keepButton"_s, u"keep"_s, role);', True),
    ('dialogButton(m_name + "KeepButton"_L1, tr("&Keep"), this);', False),
    ('dialogButton(m_name + "KeepButton"_L1, u"KeepButton"_s, this);', True),
    ('// setText(u"Refresh"_s);\n    /* addAction(u"Refresh"_s); */', False),
    ('setUrl(u"https://x"_s); setText(u"Refresh"_s);', True),
    ('content.headline = u"Kept"_s;', True),
    ('content.headline = tr("Kept");', False),
    ('show({.text = u"Nothing was sent."_s});', True),
    ('emit notice(u"Exported"_s, tr("Written."));', True),
    ('notice(u"changed"_s)->setText(tr("Changed"));', False),
    ('setText(QCoreApplication::translate("countermand::Thing", name));', True),
    ('setText(qApp->style()->name()); painter.translate(1, y);', False),
    ('setText(tr(name));', True),
]
# Whole files, for lupdate.
PLANTED_FILES = [
    (BODY + 'setText(tr("one") + Thing::tr("two"));\n}\n}\n', CLASS, False),
    (BODY + 'setText(tr("one"));\n}\n}\n', CLASS.replace("Q_OBJECT", ""), True),
    (BODY + 'setText(QCoreApplication::translate("Elsewhere", "one"));\n}\n}\n', CLASS, True),
    (BODY + '//: A note for translators\n    setText(words("one"));\n}\n}\n', CLASS, True),
    (WORDS + 'QString f() { return Words::tr("one \\"two\\" "\n "three"); }\n}\n', CLASS, False),
    (WORDS.replace("countermand::Thing", "Thing") + 'QString f() { return Words::tr("one"); }\n}\n', CLASS, True),
    ('namespace countermand {\nQString f() { return tr("one"); }\n}\n', CLASS, True),
    ('namespace countermand {\nQString f() { return elsewhere::Unknown::tr("one"); }\n}\n', "", True),
]


def planted(lupdate):
    cases = [({"ui/look/thing.cpp": BODY + line + "\n}\n}\n", "ui/look/thing.h": CLASS}, bad, False) for line, bad in PLANTED]
    if lupdate:
        cases += [({"ui/look/thing.cpp": source, "ui/look/thing.h": header}, bad, True)
                  for source, header, bad in PLANTED_FILES]
    wrong = []
    for files, bad, extracts in cases:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            found = complaints(root, lupdate if extracts else "")
        if bool(found) != bad:
            wrong.append(f"{'not found' if bad else found}:\n{files['ui/look/thing.cpp']}")
    if wrong:
        raise SystemExit("translations.py is wrong about:\n" + "\n".join(wrong))
    print(f"{len(cases)} planted cases judged rightly")


def main():
    lupdate = sys.argv[2] if len(sys.argv) > 2 else ""
    if sys.argv[1] == "--planted":
        planted(lupdate)
        return
    root = pathlib.Path(sys.argv[1])
    texts = sum(len(TR.findall(without_comments(path.read_text(encoding="utf-8")))) for path in sources(root))
    if texts < 100:
        raise SystemExit(f"only {texts} texts found below '{root}': nothing was checked")
    found = complaints(root, lupdate)
    if found:
        raise SystemExit("texts that can't be translated:\n  " + "\n  ".join(found))
    print(f"{texts} texts, {'each found by lupdate' if lupdate else 'lupdate is not here'}")


if __name__ == "__main__":
    main()

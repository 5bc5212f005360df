#!/usr/bin/env python3
"""Checks the shape of app/, ui/ and tests/ (ARCHITECTURE.md, "Rules" and "Tests"):

  structure.py ROOT                  every .cpp has a header of its own (main.cpp aside) and includes it first, so that
                                     it is seen to compile alone; and no class has more than 20 public functions. What is over today stands in tests/structure.txt, which may only
                                     shrink: an entry that is no longer needed, or needs less, fails too.
                                     And every .cpp has a test of its name in the folder of tests/ that mirrors its own,
                                     or stands in tests/untested.txt with the place where it is tested instead; that list
                                     may only shrink, too. And no wait in tests/ has a limit below 30 s
                                     (tests/support/waiting.h).
  structure.py ROOT --list           prints the classes with most public functions
  structure.py --planted             checks this check: every planted fault must be found, and nothing else

Constructors, destructors, operators, overrides, signals and friends are not counted; overloads and slots are. The headers
are read as this project writes them: one pass over the text without comments, no preprocessor.
"""
import pathlib
import re
import sys
import tempfile

MOST = 20
# Lines of tests/untested.txt. Lowered with each source that gets a test of its own, never raised.
MOST_UNTESTED = 63
FOLDERS = ("app", "ui")

# Comments, raw strings, strings, characters (not the ' inside 20'000), preprocessor lines.
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'|'
                   r'^[ \t]*#(?:\\\n|[^\n])*', re.DOTALL | re.MULTILINE)
ACCESS = re.compile(r"\s*(?:(public|protected|private)(?:\s+(?:slots|Q_SLOTS))?|(signals|Q_SIGNALS))\s*:(?!:)")
MACRO = re.compile(r"\s*Q_[A-Z_]+\b\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?\s*;?")
TEMPLATE = re.compile(r"<(?:[^<>()]|\([^()]*\))*>")
CLASS = re.compile(r"^(?:template\s*)?(class|struct|union)\s+(?:alignas\s*\S+\s+)?([\w:]+)\s*(?:final\b\s*)?(?::(?!:).*)?$",
                   re.DOTALL)
OPEN_SCOPE = re.compile(r'^(?:inline\s+)?namespace\b|^extern\s*""?$')


def without_noise(text):
    return NOISE.sub(lambda noise: '""' if noise.group()[0] in 'R"' else " ", text)


def without_templates(text):
    while True:
        shorter = TEMPLATE.sub(" ", text)
        if shorter == text:
            return text
        text = shorter


def is_counted(head, class_name):
    """Whether a declaration of a class, without its body, is a public function that counts."""
    if re.search(r"\boperator\b", head):
        return False
    head = without_templates(re.sub(r"\[\[.*?\]\]", " ", head)).strip()
    while head.startswith("template"):
        head = head[len("template"):].strip()
    if re.match(r"(using|typedef|friend|static_assert|enum|class|struct|union)\b", head):
        return False
    found = re.match(r"([^()=]*?)([~\w]+)\s*\(", head)
    if not found or head[found.end():].lstrip().startswith("*"):
        return False
    if found.group(2).startswith("~") or found.group(1).rstrip().endswith("~") or found.group(2) == class_name:
        return False
    depth, at = 1, found.end()
    while at < len(head) and depth:
        depth += {"(": 1, ")": -1}.get(head[at], 0)
        at += 1
    return not re.search(r"\b(override|final)\b", head[at:])


class Reader:
    """Public functions by class of one file."""

    def __init__(self, text):
        self.text = without_noise(text)
        self.at = 0
        self.classes = {}
        self.read(None, None, "")

    def skip_block(self):
        """From just behind a { to just behind its }."""
        depth = 1
        while depth:
            brace = re.compile(r"[{}]").search(self.text, self.at)
            if not brace:
                raise ValueError("a brace is missing")
            depth += 1 if brace.group() == "{" else -1
            self.at = brace.end()

    def read(self, class_name, access, path):
        """Reads declarations up to the end of the scope; `class_name` is None outside of classes."""
        head = ""
        while self.at < len(self.text):
            if not head.strip():
                label = class_name and ACCESS.match(self.text, self.at)
                if label:
                    access = label.group(1) or "signals"
                    self.at = label.end()
                    continue
                macro = MACRO.match(self.text, self.at)
                if macro:
                    self.at = macro.end()
                    continue
            char = self.text[self.at]
            self.at += 1
            if char == "}":
                return
            if char == ";":
                self.declared(head, class_name, access, path)
                head = ""
            elif char == "(":
                begin = self.at
                depth = 1
                while depth:
                    depth += {"(": 1, ")": -1}.get(self.text[self.at], 0)
                    self.at += 1
                head += "(" + self.text[begin:self.at]
            elif char == "{":
                head = self.block(head, class_name, access, path)
            else:
                head += char

    def block(self, head, class_name, access, path):
        """What follows a {; returns the part of the declaration that goes on behind its }."""
        plain = without_templates(head).strip()
        if OPEN_SCOPE.match(plain):
            self.read(None, None, path)
            return ""
        opened = CLASS.match(plain)
        if opened:
            name = path + opened.group(2)
            self.classes.setdefault(name, 0)
            self.read(opened.group(2), "private" if opened.group(1) == "class" else "public", name + "::")
            return "class "  # what follows up to the ; are variables of it
        self.skip_block()
        behind = re.compile(r"\s*([;,{]?)").match(self.text, self.at).group(1)
        if behind or re.match(r"enum\b", plain) or (class_name and not is_function(plain)):
            return head + "{}"
        self.declared(head, class_name, access, path)
        return ""

    def declared(self, head, class_name, access, path):
        if class_name and access == "public" and is_counted(head, class_name):
            self.classes[path[:-2]] += 1


def is_function(plain):
    return bool(re.match(r"[^()=]*\(", plain)) or "operator" in plain


def sources(root):
    for folder in FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in (".h", ".cpp"))


def sizes(root):
    """(public functions, class, file), largest first."""
    found = []
    for path in sources(root):
        try:
            classes = Reader(path.read_text(encoding="utf-8")).classes
        except (ValueError, IndexError) as error:
            raise SystemExit(f"{path}: cannot be read: {error}") from error
        found += [(count, name, path.relative_to(root).as_posix()) for name, count in classes.items()]
    return sorted(found, reverse=True)


def headless(root):
    return [path.relative_to(root).as_posix() for path in sources(root)
            if path.suffix == ".cpp" and path.name != "main.cpp" and not path.with_suffix(".h").exists()]


def late_headers(root):
    """Sources that include something before their own header."""
    found = []
    for path in sources(root):
        if path.suffix != ".cpp" or not path.with_suffix(".h").exists():
            continue
        first = re.search(r'^#include [<"]([^>"]+)[>"]', path.read_text(encoding="utf-8"), re.MULTILINE)
        if not first or pathlib.PurePosixPath(first.group(1)).name != path.with_suffix(".h").name:
            found.append(f"{path.relative_to(root).as_posix()}: includes its own header not first")
    return found


def listed(root):
    """What tests/structure.txt allows: {class: number}, {name of a source}."""
    classes, files = {}, set()
    path = root / "tests" / "structure.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        words = line.split("#")[0].split()
        if len(words) == 2:
            classes[words[0]] = int(words[1])
        elif words:
            files.add(words[0])
    return classes, files


def complaints(root):
    classes, files = listed(root)
    found = []
    over = {}
    for count, name, path in sizes(root):
        if count > MOST:
            over[name] = count
            if count > classes.get(name, MOST):
                found.append(f"{path}: {name} has {count} public functions, at most {classes.get(name, MOST)}")
    for name, allowed in classes.items():
        if name not in over:
            found.append(f"tests/structure.txt: {name} is not over {MOST} any more: take it out")
        elif over[name] < allowed:
            found.append(f"tests/structure.txt: {name} needs only {over[name]}: write that")
    alone = {path: path.rsplit("/", 1)[-1] for path in headless(root)}
    found += [f"{path}: has no header of its own" for path, name in alone.items() if name not in files]
    found += [f"tests/structure.txt: {name} has a header or is gone: take it out"
              for name in sorted(files - set(alone.values()))]
    return found + late_headers(root) + impatient(root) + of_one_version(root)


def own_test(source):
    """Where the test of a source belongs: the tree of tests/ mirrors app/ and ui/."""
    path = pathlib.PurePosixPath(source)
    folder = path.parent.relative_to("app") if path.parts[0] == "app" else path.parent
    return f"tests/{folder}/tst_{path.stem}.cpp"


def untested(root, most=None):
    """Sources without a test of their name that aren't listed, and lines of the list that aren't needed or not true."""
    path = root / "tests" / "untested.txt"
    lines = [line for line in (path.read_text(encoding="utf-8").splitlines() if path.exists() else ())
             if line and not line.startswith("#")]
    tests = {test.stem for test in (root / "tests").rglob("tst_*.cpp")}
    names = [file.relative_to(root).as_posix() for file in sources(root) if file.suffix == ".cpp"]
    found, listed_names = [], set()
    for line in lines:
        name, _, reason = (part.strip() for part in line.partition(": "))
        listed_names.add(name)
        places = re.findall(r"\btst_\w+|\b(?:tests|packaging)/[\w./-]*\w", reason)
        missing = [place for place in places
                   if (place not in tests if place.startswith("tst_") else not (root / place).exists())]
        if name not in names:
            found.append(f"tests/untested.txt: {name} is gone: take it out")
        elif (root / own_test(name)).exists():
            found.append(f"tests/untested.txt: {name} has a test: take it out")
        elif not places or missing:
            found.append(f"tests/untested.txt: {name}: say where it is tested{', not in ' if missing else ''}{', '.join(missing)}")
    found += [f"{name}: has no {own_test(name)}, and isn't in tests/untested.txt" for name in names
              if name not in listed_names and not (root / own_test(name)).exists()]
    most = MOST_UNTESTED if most is None else most
    if len(lines) > most:
        found.append(f"tests/untested.txt: {len(lines)} lines, at most {most}")
    return found


# Waits of C++ tests that have a limit of Qt's own, or one below the 30 s of tests/support/waiting.h. That nothing comes is
# waited for shortly, and said with a "!".
SHORT = r"(?:[12]?[0-9]?'?[0-9]{1,3})\)"
IMPATIENT = [(re.compile(r"QTest::qWaitFor(?:Window)?\w*\s*\("), "use waitFor() of tests/support/waiting.h"),
             (re.compile(r"\bwait\(\s*\)"), "use waitFor(spy)"),
             (re.compile(r"QTRY_\w+_WITH_TIMEOUT\([^;]*,\s*" + SHORT), "less than 30 s"),
             (re.compile(r"\bwaitFor(?:Finished|Started|ReadyRead|\w+Written|Connected|\w+ted)\(" + SHORT), "less than 30 s"),
             (re.compile(r"(?<=\()[\w.>-]*waitFor(?:Requests|\([^,;]+,)\(?[^,;]+,[^,;]+,\s*" + SHORT), "less than 30 s")]
INCLUDES_WAITING = re.compile(r'#include "tests/support/(waiting|fakeexchange).h"')
WAITS = re.compile(r"\bQTRY_|\bwaitFor(?:Active|Exposed)?\((?!u\")")


def impatient(root):
    found = []
    for path in sorted((root / "tests").rglob("*")):
        if path.suffix not in (".h", ".cpp") or path.name == "waiting.h":
            continue
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        for pattern, why in IMPATIENT:
            found += [f"{name}:{text[:wait.start()].count(chr(10)) + 1}: {why}" for wait in pattern.finditer(text)]
        if WAITS.search(text) and not INCLUDES_WAITING.search(text):
            found.append(f"{name}: waits, and doesn't include tests/support/waiting.h")
    return found


# Qt 6.8 warns of a time specification handed over; asked for, it may be compared with one.
TIME_SPEC = re.compile(r"^(?!.*timeSpec\(\)).*Qt::(?:UTC|OffsetFromUTC|LocalTime|TimeZone)\b")


def of_one_version(root):
    found = []
    for path in sorted(each for room in ("app", "ui", "tests") for each in (root / room).rglob("*")):
        if path.suffix not in (".h", ".cpp") or path.name == "qtversions.h":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if TIME_SPEC.search(line):
                found.append(f"{path.relative_to(root).as_posix()}:{number}: use inUtc of domain/qtversions.h")
    return found


def many(count, inside="void f{}();\n"):
    return "".join(inside.replace("{}", str(i), 1) for i in range(count))


def widget(body, name="Big"):
    return f"class {name} : public QWidget\n{{\n    Q_OBJECT\n\npublic:\n{body}}};\n"


INCLUDED = '#include "tests/support/waiting.h"\n'

# File, its text, the list, and whether the check must complain.
PLANTED = [
    ("app/a/alone.cpp", "int f() { return 1; }\n", "", True),
    ("app/a/alone.cpp", "int f() { return 1; }\n", "alone.cpp\n", False),
    ("ui/main.cpp", "int main() { return 0; }\n", "", False),
    ("app/a/a.h", "struct Small {};\n", "gone.cpp\n", True),
    ("app/a/a.h", widget(many(20)), "", False),
    ("app/a/a.h", widget(many(21)), "", True),
    ("ui/a.h", widget(many(21)), "Big 21\n", False),
    ("ui/a.h", widget(many(22)), "Big 21\n", True),
    ("ui/a.h", widget(many(21)), "Big 22\n", True),
    ("ui/a.h", widget(many(3)), "Big 21\n", True),
    ("ui/a.h", "struct Open {\n" + many(21) + "};\n", "", True),
    ("ui/a.h", "class Closed {\n" + many(21) + "};\n", "", False),
    ("ui/a.h", widget("private:\n" + many(21)), "", False),
    ("ui/a.h", widget("protected:\n" + many(21)), "", False),
    ("ui/a.h", widget("signals:\n" + many(21)), "", False),
    ("ui/a.h", widget("public slots:\n" + many(21)), "", True),
    ("ui/a.h", widget("private slots:\n" + many(21)), "", False),
    ("ui/a.h", widget(many(21, "void f{}(int) override;\n")), "", False),
    ("ui/a.h", widget(many(21, "void f{}(int) override { g({}); }\n")), "", False),
    ("ui/a.h", widget(many(21, "int f{}(const QList<int> &a,\n    std::function<void(int)> b = {}) const;\n")), "", True),
    ("ui/a.h", widget(many(21, "bool f{}() const { return g({1, 2}) && m_x; }\n")), "", True),
    ("ui/a.h", widget(many(21, "template <typename T, typename = void>\nT f{}(T t) { return t; }\n")), "", True),
    ("ui/a.h", widget(many(21, "static std::optional<Result<int>> f{}(QStringView);\n")), "", True),
    ("ui/a.h", widget(many(21, "[[nodiscard]] virtual int f{}() = 0;\n")), "", True),
    ("ui/a.h", widget(many(21, "std::function<void(int)> m_f{};\n")), "", False),
    ("ui/a.h", widget(many(21, "int m_f{} = g(1);\nint m_g = h({2});\n")), "", False),
    ("ui/a.h", widget(many(21, "QDateTime m_f{}{QDate(2026, 3, 4), QTime(14, 6)};\n")), "", False),
    ("ui/a.h", widget(many(21, "friend bool f{}(const Big &);\nusing F{} = void(int);\n")), "", False),
    ("ui/a.h", widget(many(21, "bool operator<(T{}) const;\nT operator()(int) { return {}; }\n")), "", False),
    ("ui/a.h", widget(many(21, "explicit Big(T{} t) : QWidget(t), m_a{1}, m_b(2) { go(); }\n~Big() override;\n")), "", False),
    ("ui/a.h", widget("Q_PROPERTY(int a READ a)\nQ_ENUM(E)\nQ_DISABLE_COPY(Big)\n" + many(20)), "", False),
    ("ui/a.h", widget("Q_INVOKABLE void g();\n" + many(20)), "", True),
    ("ui/a.h", widget("/* void g(); */ // void h();\n" + many(20, 'void f{}(QString = "};");\n')), "", False),
    ("ui/a.h", widget(many(11) + "struct In {\n" + many(11, "void g{}();\n") + "};\nclass Other;\n"), "", False),
    ("ui/a.h", widget("struct In {\n" + many(21) + "} m_in;\n"), "", True),
    ("ui/a.h", widget("struct In {\n" + many(21) + "};\n"), "Big::In 21\n", False),
    ("ui/a.h", widget("enum class E { A, B };\nenum F : int { C = g(1) } m_f;\n" + many(21)), "", True),
    ("ui/a.h", '#pragma once\n#include "ui/b.h"\n#include <QWidget>\n\nnamespace a {\n\n' + widget(many(21)) + "}\n", "", True),
    ("ui/a.h", "namespace a::b {\nnamespace {\n" + widget(many(21)) + "}\n}\n", "", True),
    ("ui/a.h", "template <typename T>\n" + widget(many(21)), "", True),
    ("ui/a.h", "#define X class Y { \\\n public:\n" + widget(many(21)), "", True),
    ("ui/a.h", "class Big;\nenum class Big2 { A };\nint f(class Big *);\n" + widget(many(10)) + widget(many(11), "B"), "", False),
    ("ui/a.h", "class Big final : public QObject, private Other<int>\n{\npublic:\n" + many(21) + "};\n", "", True),
    ("ui/a.h", "inline int g() { struct In { " + many(3) + " }; return 20'000 + '{'; }\n" + widget(many(21)), "", True),
    ("tests/a.cpp", "void t() { QTRY_VERIFY(a); }\n", "", True),
    ("tests/a.cpp", '#include "tests/support/waiting.h"\nvoid t() { QTRY_VERIFY(a); QTRY_COMPARE(a(1), 2); }\n', "", False),
    ("tests/a.cpp", INCLUDED + "void t() { QTRY_VERIFY_WITH_TIMEOUT(a, 5000); }\n", "", True),
    ("tests/a.cpp", INCLUDED + "void t() { QTRY_COMPARE_WITH_TIMEOUT(a(), b, 20'000); }\n", "", True),
    ("tests/a.cpp", INCLUDED + "void t() { QTRY_VERIFY_WITH_TIMEOUT(a, 60'000); }\n", "", False),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(spy.wait()); }\n", "", True),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(waitFor(spy)); }\n", "", False),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(QTest::qWaitFor([] { return a; })); }\n", "", True),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(QTest::qWaitForWindowActive(&w)); }\n", "", True),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(process.waitForFinished(20000)); }\n", "", True),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(process.waitForFinished(patience)); }\n", "", False),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(server->waitForRequests(e, 2, 700)); }\n", "", True),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(!server->waitForRequests(e, 2, 700)); }\n", "", False),
    ("tests/a.cpp", INCLUDED + "void t() { QVERIFY(server->waitForRequests(e, 2)); }\n", "", False),
    ("tests/a.cpp", "QDateTime day() { return QDateTime({2026, 3, 4}, {5, 6}, Qt::UTC); }\n", "", True),
    ("tests/a.cpp", "QDateTime day() { return QDateTime({2026, 3, 4}, {5, 6}, inUtc); }\n", "", False),
    ("tests/a.cpp", "bool isUtc(const QDateTime &day) { return day.timeSpec() == Qt::UTC; }\n", "", False),
]


# Beginnings of a source that has a header, and whether the check must complain.
PLANTED_FIRST = [
    ('#include "app/a/x.h"\n\n#include <QString>\n', False),
    ('#include "x.h"\n', False),
    ('#include <QString>\n\n#include "app/a/x.h"\n', True),
    ('#include "app/a/y.h"\n#include "app/a/x.h"\n', True),
    ("int f();\n", True),
]


def planted_first():
    wrong = []
    for text, bad in PLANTED_FIRST:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "app" / "a").mkdir(parents=True)
            (root / "app" / "a" / "x.h").write_text("", encoding="utf-8")
            (root / "app" / "a" / "x.cpp").write_text(text, encoding="utf-8")
            found = late_headers(root)
        if bool(found) != bad:
            wrong.append(f"“{text.strip()}” should be {'bad' if bad else 'good'}: {found}")
    return wrong


# Sources and tests that there are, the list, lines at most, and whether the check must complain.
PLANTED_TESTS = [
    (["app/a/x.cpp", "tests/a/tst_x.cpp"], "", 0, False),
    (["ui/a/x.cpp", "tests/ui/a/tst_x.cpp"], "", 0, False),
    (["ui/a/x.cpp"], "", 0, True),
    (["ui/a/x.cpp", "tests/ui/b/tst_x.cpp"], "", 0, True),
    (["ui/a/x.cpp", "tests/a/tst_x.cpp"], "", 0, True),
    (["app/a/x.cpp", "tests/a/tst_y.cpp"], "", 0, True),
    (["app/a/x.cpp", "tests/a/tst_y.cpp"], "app/a/x.cpp: a part of y: tst_y\n", 1, False),
    (["app/a/x.cpp", "tests/desktop/walk.py"], "app/a/x.cpp: a program: tests/desktop/walk.py\n", 1, False),
    (["app/a/x.cpp", "tests/a/tst_y.cpp"], "app/a/x.cpp: a part of y: tst_z\n", 1, True),
    (["app/a/x.cpp", "tests/a/tst_y.cpp"], "app/a/x.cpp: too small to be tested\n", 1, True),
    (["app/a/x.cpp", "tests/a/tst_y.cpp"], "app/a/x.cpp\n", 1, True),
    (["app/a/x.cpp"], "app/a/x.cpp: a program: tests/desktop/run.py\n", 1, True),
    (["app/a/x.cpp", "tests/a/tst_x.cpp"], "app/a/x.cpp: a part of y: tst_x\n", 1, True),
    (["tests/a/tst_y.cpp"], "app/a/x.cpp: a part of y: tst_y\n", 1, True),
    (["app/a/x.cpp", "tests/a/tst_y.cpp"], "app/a/x.cpp: a part of y: tst_y\n", 0, True),
    (["app/a/x.cpp", "tests/a/tst_y.cpp"], "# Why.\n\napp/a/x.cpp: a part of y: tst_y\n", 1, False),
]


def planted_tests():
    wrong = []
    for files, text, most, bad in PLANTED_TESTS:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name in files + ["tests/untested.txt"]:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text if name.endswith("untested.txt") else "", encoding="utf-8")
            found = untested(root, most)
        if bool(found) != bad:
            wrong.append(f"{files} with list “{text.strip()}” should be {'bad' if bad else 'good'}: {found}")
    return wrong


def planted():
    wrong = planted_tests() + planted_first()
    for number, (path, text, allowed, bad) in enumerate(PLANTED):
        with tempfile.TemporaryDirectory() as place:
            root = pathlib.Path(place)
            (root / path).parent.mkdir(parents=True)
            (root / path).write_text(text, encoding="utf-8")
            (root / "tests").mkdir(exist_ok=True)
            (root / "tests" / "structure.txt").write_text(allowed, encoding="utf-8")
            if bool(complaints(root)) != bad:
                wrong.append(f"case {number}, list “{allowed.strip()}”, should be {'bad' if bad else 'good'}: "
                             f"{complaints(root)} {sizes(root)}\n{text[:300]}")
    if wrong:
        raise SystemExit("the structure check is wrong about:\n" + "\n".join(wrong))
    print(f"{len(PLANTED) + len(PLANTED_TESTS) + len(PLANTED_FIRST)} planted cases judged rightly")


def main(arguments):
    if arguments == ["--planted"]:
        planted()
        return
    root = pathlib.Path(arguments[0])
    found = sizes(root)
    if arguments[1:] == ["--list"]:
        print("\n".join(f"{count:4} {name}  {path}" for count, name, path in found[:30]))
        return
    if len(found) < 100:
        raise SystemExit(f"only {len(found)} classes found below {root}: nothing was checked")
    wrong = complaints(root) + untested(root)
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(f"{len(found)} classes, none over {MOST} public functions but for those listed; every source has its header, and includes it first, "
          "and its test or a place in the list, no wait of a test has less than 30 s")


if __name__ == "__main__":
    main(sys.argv[1:])

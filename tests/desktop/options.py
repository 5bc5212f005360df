"""The command line, from outside and without any display: options.py <program>

Each refused option: exit code 2 and exactly one line on stderr, nothing on stdout, no file written.
"""

import os
import re
import subprocess
import sys
import tempfile

ENVIRONMENT = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}

# Options, and what the one line must name.
REFUSED = [
    (["--no-such-option"], "no-such-option"),
    (["-z"], "z"),
    (["stray-argument"], "stray-argument"),
    (["--base-url"], "base-url"),
    (["--base-url", ""], "base-url"),
    (["--base-url", "not a url"], "base-url"),
    (["--base-url", "127.0.0.1:8443"], "base-url"),
    (["--base-url", "ftp://127.0.0.1/"], "base-url|https"),
    (["--base-url", "http://api.coinw.com"], "https"),
    (["--base-url", "http://example.org:8080"], "https"),
    (["--base-url", "http://10.0.0.1"], "https"),
    (["--base-url", "http://127.0.0.1.example.org"], "https"),
    (["--base-url", "http://localhost.example.org"], "https"),
    (["--base-url", "https://"], "base-url"),
    (["--base-url", "https://127.0.0.1:8443", "--practice"], "practice"),
    (["--practice", "--base-url", "https://127.0.0.1:8443"], "practice"),
    (["--ca-file", "{ca}"], "ca-file"),
    (["--ca-file", "{ca}", "--practice"], "ca-file"),
    (["--base-url", "https://api.coinw.com", "--ca-file", "{ca}"], "ca-file"),
    (["--base-url", "https://API.CoinW.com:443", "--ca-file", "{ca}"], "ca-file"),
    (["--base-url", "https://127.0.0.1:1", "--ca-file", "{missing}"], "missing.pem"),
    (["--base-url", "https://127.0.0.1:1", "--ca-file", "{garbage}"], "garbage.pem"),
    (["--data-dir"], "data-dir"),
    (["--data-dir", ""], "data-dir"),
    (["--log"], "log"),
    (["--log", ""], "log"),
]

failures = 0


def run(program, *arguments, **more):
    """The finished run of the program, in an environment without display, home and session bus."""
    return subprocess.run([program, *arguments], capture_output=True, text=True, timeout=30, check=False,
                          env=ENVIRONMENT | more.get("env", {}))


def check(what, good, seen):
    """Prints the line of one check."""
    global failures
    failures += not good
    print(f"{'PASS' if good else 'FAIL'}  {what}" + ("" if good else f"\n      seen: {seen}"))


def self_signed(folder):
    """A good certificate file."""
    path = os.path.join(folder, "ca.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                    "/CN=options test", "-keyout", os.path.join(folder, "key.pem"), "-out", path],
                   check=True, capture_output=True, timeout=60)
    return path


def main(program):
    """Runs every check."""
    with tempfile.TemporaryDirectory(prefix="countermand-options-") as folder:
        ENVIRONMENT["HOME"] = os.path.join(folder, "home")
        os.mkdir(ENVIRONMENT["HOME"])
        places = {"{ca}": self_signed(folder), "{missing}": os.path.join(folder, "missing.pem"),
                  "{garbage}": os.path.join(folder, "garbage.pem")}
        with open(places["{garbage}"], "w", encoding="utf-8") as out:
            out.write("no certificate\n")

        answer = run(program, "--help")
        check("--help exits 0", answer.returncode == 0 and not answer.stderr, answer)
        for option in ("--practice", "--base-url", "--ca-file", "--data-dir", "--a11y-ids", "--log", "--allow-core", "--self-check",
                       "--version", "--help"):
            check(f"--help names {option}", option in answer.stdout, answer.stdout)
        answer = run(program, "--version")
        check("--version is one line with name and number, exit 0", answer.returncode == 0
              and re.fullmatch(r"countermand \d+\.\d+\.\d+\n", answer.stdout, re.I) and not answer.stderr, answer)

        for arguments, named in REFUSED:
            arguments = [places.get(argument, argument) for argument in arguments]
            for more in ([], ["--self-check"]):
                answer = run(program, *arguments, *more)
                lines = answer.stderr.splitlines()
                check("refused: " + " ".join(map(repr, arguments + more)), answer.returncode == 2
                      and len(lines) == 1 and re.search(named, lines[0], re.I) and not answer.stdout, answer)
                if arguments[-1:] in (["--base-url"], ["--data-dir"], ["--log"]):
                    break  # a further option would be taken for the missing value

        self_check(program, folder, places["{ca}"])
        left = [os.path.join(place, name) for place, _, names in os.walk(ENVIRONMENT["HOME"]) for name in names]
        check("nothing was written into the home folder", not left, left)
    print(f"{failures} failed")
    return 1 if failures else 0


def self_check(program, folder, ca):
    """--self-check: its lines, and that it needs neither display nor session bus."""
    expected = ["version", "qt", "tls", "platform", "keychain"]
    for what, arguments in (("alone", []), ("with --practice", ["--practice"]),
                            ("with a test server", ["--base-url", "https://127.0.0.1:1", "--ca-file", ca]),
                            ("with http to loopback", ["--base-url", "http://127.0.0.1:1"]),
                            ("with http to localhost", ["--base-url", "http://localhost:1"]),
                            ("with http to ::1", ["--base-url", "http://[::1]:1"]),
                            ("with a data folder", ["--data-dir", os.path.join(folder, "data")])):
        answer = run(program, *arguments, "--self-check")
        names = re.findall(r"^(\w+): .+$", answer.stdout, re.M)
        check(f"--self-check {what}: exit 0, one line each", answer.returncode == 0 and names == expected
              and len(answer.stdout.splitlines()) == len(expected), answer)
    answer = run(program, "--self-check")
    for name, pattern in (("version", r"0\.\d+\.\d+"), ("qt", r"6\.\d+\.\d+"), ("tls", "[Oo]pen[Ss][Ss][Ll]")):
        check(f"--self-check {name}", re.search(f"^{name}: .*{pattern}", answer.stdout, re.M), answer.stdout)
    answer = run(program, "--self-check", env={"QT_QPA_PLATFORM": "no-such-platform"})
    check("--self-check without a usable platform plugin exits 1", answer.returncode == 1, answer)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Collects the license texts of the zip, and the list of its contents: licenses.py FOLDER VERSION CACHE

CACHE holds the sources of Qt and QtKeychain as packaging/windows/qt fetched them.
"""

import glob
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "packaging"))

import spdx  # noqa: E402

COMMON = "/usr/share/common-licenses"
# Qt's own copies of other libraries that the shipped parts of it hold, by their folder in src/3rdparty.
IN_QT = {"zlib": "Zlib", "libpng": "libpng-2.0", "pcre2": "BSD-3-Clause", "harfbuzz-ng": "MIT-Modern-Variant",
         "double-conversion": "BSD-3-Clause", "md4c": "MIT"}


def version_of(package):
    """The version of an installed Debian package."""
    return subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], check=True, capture_output=True,
                          text=True).stdout


def attribution(folder):
    """The version that Qt says it has copied."""
    with open(os.path.join(folder, "qt_attribution.json"), encoding="utf-8") as file:
        return re.search(r'"Version":\s*"(?:version )?([^"]+)"', file.read()).group(1)


def main():
    """Copies the texts, then writes the list."""
    folder, version, cache = sys.argv[1:]
    qt = sorted(glob.glob(os.path.join(cache, "src", "qt6-base-*/")))[-1]
    with open(os.path.join(qt, "debian", "changelog"), encoding="utf-8") as changelog:
        qt_version = re.match(r"qt6-base \(([^)]+)\)", changelog.readline()).group(1)

    target = os.path.join(folder, "licenses")
    shutil.copyfile(os.path.join(ROOT, "LICENSE"), os.path.join(target, "countermand.txt"))
    shutil.copyfile(os.path.join(qt, "debian", "copyright"), os.path.join(target, "qt6-base.txt"))
    shutil.copyfile(os.path.join(cache, "src", "qtkeychain", "COPYING"), os.path.join(target, "qtkeychain.txt"))
    shutil.copyfile("/usr/share/doc/gcc-mingw-w64-base/copyright", os.path.join(target, "gcc-mingw-w64.txt"))
    shutil.copyfile("/usr/share/doc/mingw-w64-common/copyright", os.path.join(target, "mingw-w64.txt"))
    for text in ("LGPL-3", "GPL-3", "GPL-2"):
        shutil.copyfile(os.path.join(COMMON, text), os.path.join(target, text + ".txt"))
    for name in sorted(os.listdir(os.path.join(qt, "LICENSES"))):
        shutil.copyfile(os.path.join(qt, "LICENSES", name), os.path.join(target, "qt-" + name))
    with open(os.path.join(target, "README.txt"), "w", encoding="utf-8", newline="\r\n") as out:
        out.write("Countermand is MIT (countermand.txt). It carries the libraries listed in contents.spdx.json. Qt is used\n"
                  "under the LGPL-3 and built from Debian's source package of the version named there; its libraries are\n"
                  "the files Qt6*.dll and can be replaced by others with the same interface.\n")

    parts = [
        spdx.Part("qt6-base", qt_version, "LGPL-3.0-only", "https://www.qt.io", "cross-built, with Debian's patches", True),
        spdx.Part("qtkeychain", "0.15.0", "BSD-3-Clause", "https://github.com/frankosterfeld/qtkeychain"),
        spdx.Part("gcc-mingw-w64", version_of("gcc-mingw-w64-x86-64-posix-runtime"),
                  "GPL-3.0-or-later WITH GCC-exception-3.1", None, "libstdc++-6.dll, libgcc_s_seh-1.dll"),
        spdx.Part("mingw-w64", version_of("mingw-w64-x86-64-dev"), "ZPL-2.1 AND MIT", None, "libwinpthread-1.dll"),
    ] + [spdx.Part(name, attribution(os.path.join(qt, "src", "3rdparty", name)), licence, None, "in Qt's libraries")
         for name, licence in IN_QT.items()]
    spdx.write(os.path.join(target, "contents.spdx.json"), f"countermand-{version}-windows-x86_64", version, parts)


if __name__ == "__main__":
    main()

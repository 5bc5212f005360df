"""What an ELF file says about itself, read with readelf."""

import functools
import os
import re
import subprocess


def is_elf(path):
    """Whether this is a regular ELF file."""
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    with open(path, "rb") as file:
        return file.read(4) == b"\x7fELF"


def elf_files(folder):
    """Every ELF file below the folder, sorted."""
    return sorted(path for place, _, names in os.walk(folder) for path in (os.path.join(place, n) for n in names)
                  if is_elf(path))


@functools.cache
def readelf(path, *options):
    """The output of readelf."""
    return subprocess.run(["readelf", "-W", *options, path], check=True, capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL="C")).stdout


def dynamic(path, tag):
    """The values of a tag of the dynamic section: NEEDED, SONAME, RPATH, RUNPATH, FLAGS, FLAGS_1."""
    return re.findall(rf"\({tag}\)\s+(?:[^:\[\n]*: ?)?\[?([^\]\n]*)\]?", readelf(path, "-d"))


def needed(path):
    """The sonames it asks the loader for."""
    return dynamic(path, "NEEDED")


def versions(path):
    """The symbol versions it asks other libraries for, such as GLIBC_2.34."""
    return set(re.findall(r"Name: ((?:GLIBC|GLIBCXX|CXXABI|GCC)_[0-9.]+)", readelf(path, "-V")))


def imports(path):
    """The names of the symbols it takes from others."""
    return set(re.findall(r" UND (\w+)", readelf(path, "--dyn-syms")))


def lines_of(path):
    """The lines of a list, without comments and empty ones."""
    with open(path, encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip() and not line.startswith("#")]

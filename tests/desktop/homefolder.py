"""A home folder for one program alone, to see what it leaves there."""

import os


def home_environment(home):
    """What makes this folder the home folder of a program."""
    return {"HOME": home, "XDG_CONFIG_HOME": home + "/.config", "XDG_DATA_HOME": home + "/.local/share",
            "XDG_CACHE_HOME": home + "/.cache"}


def below(folder):
    """Everything below a folder, by relative path."""
    return sorted(os.path.relpath(os.path.join(place, name), folder)
                  for place, folders, names in os.walk(folder) for name in folders + names)

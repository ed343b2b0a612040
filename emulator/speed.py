"""What takes moto as long as the answer itself, at every request."""

import functools
import logging
import os

from moto import backends


def extend():
    # It looks through its own 200 folders twice, and all other requests wait for it.
    folders = backends.list_of_moto_modules
    backends.list_of_moto_modules = functools.cache(lambda: tuple(folders()))
    if os.environ.get("EMULATOR_LOG") == "off":
        logging.getLogger("werkzeug").setLevel(logging.ERROR)

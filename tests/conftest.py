"""What all tests share: a cache of their own, so that no test reads or writes the user's."""

import getpass
import os
import tempfile
from pathlib import Path

os.environ.setdefault("DIALOGLOTS_CACHE", str(Path(tempfile.gettempdir()) / f"dialoglots-tests-{getpass.getuser()}"))
os.environ.pop("DIALOGLOTS_LANG", None)

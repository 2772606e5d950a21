"""What all tests share: a cache of their own, so that no test reads or writes the user's, and what lies beside this."""

import getpass
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DIALOGLOTS_CACHE", str(Path(tempfile.gettempdir()) / f"dialoglots-tests-{getpass.getuser()}"))
os.environ.pop("DIALOGLOTS_LANG", None)
sys.path.insert(0, str(Path(__file__).parent))  # small_knowledge.py, written.py

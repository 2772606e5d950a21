"""The rule and knowledge files as they lie on disk, before anything is read out of them.

Apart from the rest, so that knowledge that is in the cache is opened without what it takes to read it.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from advisor.errors import KnowledgeError, Message, Problem, UnknownName
from advisor.i18n import N_
from advisor.load.text import LARGEST_FILE

if TYPE_CHECKING:
    from advisor.load.documents import Document

PROFILE: Final = "profile.yaml"
UNKNOWN_FILE: Final = N_("filen läses inte: menade ni «{likely}»?")
_FOLDERS: Final = ("knowledge", "rules")
_PLANS: Final = "knowledge/examples"  # worked plans, no knowledge
# A name that says that a file is meant to be read, as one ending in .yml or .yaml.txt.
_MEANT: Final = re.compile(r"\.(ya?ml|jsonl?)\b", re.IGNORECASE)

_ENDING: Final = N_("filen läses inte: namnet ska sluta på .yaml")
_NOT_HERE: Final = N_("filen läses inte: den ska ligga i mappen «rules» eller «knowledge»")
_UNKNOWN_FOLDER: Final = N_("mappen läses inte: här får finnas «rules» och «knowledge»")
_LIKELY_FOLDER: Final = N_("mappen läses inte: menade ni «{likely}»?")
_UNREADABLE: Final = N_("går inte att läsa")


class DataFile:
    """A rule or knowledge file that was read. ``name`` is its path below the data folder, with ``/``.

    ``path`` is the file as messages name it; ``own``: it lies in the user's own folder. ``refused`` says why a file that
    was meant to be read is not.
    """

    def __init__(
        self, name: str, content: bytes, path: str | None = None, *, own: bool = False, refused: Message | None = None
    ) -> None:
        self.name = name
        self.content = content
        self.path = path or name
        self.own = own
        self.refused = refused

    @property
    def is_rule(self) -> bool:
        """Whether it holds a rule, not knowledge."""
        return self.name.startswith("rules/") and self.refused is None

    def document(self) -> "Document":
        """The file as a document. Raises KnowledgeError where it is no YAML or was refused."""
        if self.refused is not None:
            raise KnowledgeError([Problem(self.path, self.refused)])
        from advisor.load.documents import read_yaml
        from advisor.load.text import decode

        return read_yaml(decode(self.content, self.path, error=KnowledgeError), self.path, typed=True)


def data_files(folder: Path) -> list[DataFile]:
    """Every rule and knowledge file below ``folder``, sorted by name; the worked plans are no knowledge.

    A file that was meant to be one and is not read is among them, refused.
    """
    found = [_read(folder / name, name) for top in _FOLDERS for name in _below(folder, top)]
    return sorted(found, key=lambda one: one.name)


def own_files(folder: str) -> list[DataFile]:
    """Every file that a folder of the user's own adds: rules, knowledge and a profile; what is unknown there, refused.

    Raises UnknownName where there is no such folder or nothing in it to read.
    """
    if not os.path.isdir(folder):
        wrong = N_("Det här är ingen mapp.") if os.path.exists(folder) else N_("Mappen finns inte.")
        raise UnknownName([Problem(folder, Message(wrong))])
    root, shown = Path(folder), folder.replace(os.sep, "/").rstrip("/") or "/"
    found = []
    try:
        entries = [(name, is_folder or os.path.isdir(root / name)) for name, is_folder in _entries(root)]
    except OSError:
        raise UnknownName([Problem(folder, Message(N_("Mappen går inte att läsa.")))]) from None
    for name, is_folder in entries:
        if is_folder and name in _FOLDERS:
            found += [_read(root / one, one, shown) for one in _below(root, name)]
        elif is_folder or name.casefold().startswith("profile") or _MEANT.search(name):
            found.append(_at_top(root, name, is_folder, shown))
    if not found:
        sentence = N_("Mappen är tom. Den ska ha minst en av «rules», «knowledge» och «profile.yaml».")
        raise UnknownName([Problem(folder, Message(sentence))])
    return sorted(found, key=lambda one: one.name)


def _at_top(root: Path, name: str, is_folder: bool, shown: str) -> DataFile:
    if name == PROFILE and not is_folder:
        return _read(root / name, name, shown)
    from advisor.load.nearest import nearest

    if is_folder:
        likely = nearest(name, _FOLDERS)
        refused = Message(_LIKELY_FOLDER, {"likely": f"{likely}/"}) if likely else Message(_UNKNOWN_FOLDER)
    else:
        likely = nearest(re.sub(r"\..*", "", name), ("profile",))
        refused = Message(UNKNOWN_FILE, {"likely": PROFILE}) if likely else Message(_NOT_HERE)
    return DataFile(name, b"", f"{shown}/{name}{'/' if is_folder else ''}", own=True, refused=refused)


def _read(path: Path, name: str, own: str | None = None) -> DataFile:
    """A file with its content; ``own`` is the user's own folder as messages name it."""
    shown = name if own is None else f"{own}/{name}"
    content, refused = b"", None if name.endswith(".yaml") else Message(_UNREADABLE if name.endswith("/") else _ENDING)
    if refused is None:
        try:
            if path.is_file():  # a pipe may never say anything, a device never end
                with path.open("rb") as file:
                    content = file.read(LARGEST_FILE + 1)
            else:
                refused = Message(_UNREADABLE)
        except OSError:
            refused = Message(_UNREADABLE)
    return DataFile(name, content, shown, own=own is not None, refused=refused)


def _below(folder: Path, top: str) -> Iterator[str]:
    """The files below a folder that are meant to be read, by their paths from ``folder``; a folder that cannot be read."""
    waiting = [top]
    while waiting:
        inside = waiting.pop()
        try:
            entries = _entries(folder / inside)
        except FileNotFoundError:
            continue
        except OSError:
            yield f"{inside}/"
            continue
        for entry, is_folder in entries:
            name = f"{inside}/{entry}"
            if is_folder and name != _PLANS:
                waiting.append(name)
            elif not is_folder and _MEANT.search(entry):
                yield name


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """What lies in a folder, and whether it is a folder itself; hidden things and an editor's own copies aside."""
    with os.scandir(folder) as entries:
        return [(one.name, one.is_dir(follow_symlinks=False)) for one in entries
                if not one.name.startswith((".", "~")) and not one.name.endswith("~")]  # fmt: skip


def fingerprint(files: Iterable[DataFile]) -> str:
    """The SHA-256 of all names and contents, in hexadecimal."""
    digest = hashlib.sha256()
    for one in files:
        kind = "refused/" if one.refused else "own/" if one.own else ""
        digest.update(f"{kind}{one.name}\0{len(one.content)}\0".encode(errors="surrogateescape"))
        digest.update(one.content)
    return digest.hexdigest()

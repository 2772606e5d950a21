"""The rule and knowledge files as they lie on disk, before anything is read out of them.

Apart from the rest, so that knowledge that is in the cache is opened without what it takes to read it.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import KnowledgeError

if TYPE_CHECKING:
    from advisor.load.documents import Document


class DataFile:
    """A rule or knowledge file that was read. ``name`` is its path below the data folder, with ``/``."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content

    @property
    def is_rule(self) -> bool:
        """Whether it holds a rule, not knowledge."""
        return self.name.startswith("rules/")

    def document(self) -> "Document":
        """The file as a document. Raises KnowledgeError where it is no YAML."""
        from advisor.load.documents import read_yaml
        from advisor.load.text import decode

        return read_yaml(decode(self.content, self.name, error=KnowledgeError), self.name, typed=True)


def data_files(folder: Path) -> list[DataFile]:
    """Every rule and knowledge file below ``folder``, sorted by name; the worked plans are not knowledge."""
    found = []
    for top in ("knowledge", "rules"):
        for path in (folder / top).rglob("*.yaml"):
            name = path.relative_to(folder).as_posix()
            if not name.startswith("knowledge/examples/"):
                found.append(DataFile(name, path.read_bytes()))
    return sorted(found, key=lambda one: one.name)


def fingerprint(files: Iterable[DataFile]) -> str:
    """The SHA-256 of all names and contents, in hexadecimal."""
    digest = hashlib.sha256()
    for one in files:
        digest.update(f"{one.name}\0{len(one.content)}\0".encode())
        digest.update(one.content)
    return digest.hexdigest()

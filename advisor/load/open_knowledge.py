"""The shipped knowledge, from the cache where it is the same as last time.

Reading and checking some hundred files takes half a second; the cache holds the outcome as JSON under the user's cache
folder. What cannot be read or written there is done without.
"""

import os
import tempfile
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from advisor.errors import KnowledgeError, Message, Problem, UnknownName
from advisor.i18n import N_
from advisor.load.data_files import data_files, fingerprint, own_files
from advisor.load.resources import data_folder
from advisor.model.knowledge import Knowledge
from advisor.model.profile import STANDARD

_KEPT: Final = 4


def open_shipped_knowledge(version: str, own: str | None = None) -> Knowledge:
    """The rules and the knowledge that came with the program, with what the folder ``own`` adds.

    Raises KnowledgeError with everything that is wrong, UnknownName where there is no such folder.
    """
    return open_knowledge_in(data_folder(), version, own)


def open_knowledge_in(folder: Path, version: str, own: str | None = None) -> Knowledge:
    """The rules and the knowledge below ``folder``, with what the folder ``own`` adds. Raises as above.

    The cache is keyed by the program's version and the content of every file, those of ``own`` with them: rules, profiles
    and all that they lean on. It holds what was read, before a profile is chosen and before a day decides which values
    of the parameters are in force; so neither is part of its key.
    """
    files = data_files(folder)
    if not any(one.is_rule for one in files):  # an adviser without rules would find every plan ready
        raise KnowledgeError([Problem(str(folder / "rules"), Message(N_("här finns inga regler att bedöma planer med")))])
    if own is not None:
        files += own_files(own)
    sha256 = fingerprint(files)
    cached = cache_folder() / f"knowledge-{version}-{sha256[:32]}.json"
    knowledge = _read_cache(cached)
    if knowledge is None or knowledge.sha256 != sha256 or knowledge.version != version:
        from advisor.load.knowledge_files import read_knowledge

        knowledge = read_knowledge(files, version)
        _write_cache(cached, knowledge)
    return knowledge


def profile_meant(knowledge: Knowledge, profile: str | None) -> str:
    """The profile asked for; without one, that of the user's own folder, else standard.

    Raises UnknownName, with the nearest there is.
    """
    names = knowledge.profile_names
    if profile is None:
        return knowledge.own_profile or STANDARD
    if profile in names:
        return profile
    from advisor.load.nearest import nearest

    likely = nearest(profile, names)
    sentence = N_("Profilen finns inte. Menade ni {likely}?") if likely else N_("Profilen finns inte. Välj en av: {names}.")
    raise UnknownName([Problem(profile, Message(sentence, {"likely": likely, "names": ", ".join(names)}))])


def cache_folder() -> Path:
    """Where compiled knowledge may be kept; it can be erased at any time."""
    if os.environ.get("DIALOGLOTS_CACHE"):
        return Path(os.environ["DIALOGLOTS_CACHE"])
    import platformdirs

    return Path(platformdirs.user_cache_dir("dialoglots", appauthor=False))


def _read_cache(path: Path) -> Knowledge | None:
    try:
        return Knowledge.model_validate_json(path.read_bytes())
    except (OSError, ValidationError, RecursionError):
        return None


def _write_cache(path: Path, knowledge: Knowledge) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix="writing-", suffix=".json")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(knowledge.model_dump_json(exclude_none=True).encode())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        kept = sorted(path.parent.glob("knowledge-*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in kept[_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return  # an unwritable cache costs time, nothing else

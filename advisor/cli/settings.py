"""The user's settings and language: the command line first, then the environment, then a settings file."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from advisor.errors import DialoglotsError, Message, Problem
from advisor.i18n import DEFAULT_LANGUAGE, LANGUAGES, N_

SETTINGS_FILE: Final = ".dialoglots.yaml"
_KEYS: Final = ("lang",)
_LANGUAGE: Final = N_("Språket «{lang}» finns inte. Välj sv eller en.")


class SettingsError(DialoglotsError):
    """A settings file, or the environment, asks for what cannot be."""


class Settings(NamedTuple):
    """What was settled before the command runs. ``path`` is the settings file used; ``remarks`` are worth a look."""

    lang: str
    path: str | None = None
    remarks: tuple[Problem, ...] = ()


def settle(args: Sequence[str]) -> Settings:
    """The settings for a command line. Raises SettingsError with everything that is wrong."""
    path = _settings_file(_value_of("--config", args))
    found, remarks = _read(path) if path else ({}, ())
    asked = _value_of("--lang", args)
    if asked in LANGUAGES:
        return Settings(asked, path, remarks)
    environment = os.environ.get("DIALOGLOTS_LANG", "").strip().lower()
    if environment and environment not in LANGUAGES:
        raise SettingsError([Problem("DIALOGLOTS_LANG", Message(_LANGUAGE, {"lang": environment}))])
    return Settings(environment or found.get("lang") or DEFAULT_LANGUAGE, path, remarks)


def language_before_settings(args: Sequence[str]) -> str:
    """The language to speak of what is wrong with the settings themselves."""
    wanted = (_value_of("--lang", args), os.environ.get("DIALOGLOTS_LANG", "").lower())
    return next((lang for lang in wanted if lang in LANGUAGES), DEFAULT_LANGUAGE)


def _value_of(option: str, args: Sequence[str]) -> str | None:
    """The last value of an option. Needed before click reads the line, since click's own words are in that language."""
    value = None
    for place, arg in enumerate(args):
        if arg == "--":
            break
        if arg == option and place + 1 < len(args):
            value = args[place + 1]
        elif arg.startswith(f"{option}="):
            value = arg.partition("=")[2]
    return value


def _settings_file(config: str | None) -> str | None:
    if config is not None:
        return config
    if os.path.isfile(SETTINGS_FILE):
        return SETTINGS_FILE
    import platformdirs

    own = Path(platformdirs.user_config_dir("dialoglots", appauthor=False)) / SETTINGS_FILE
    return str(own) if own.is_file() else None


def _read(path: str) -> tuple[dict[str, str], tuple[Problem, ...]]:
    from advisor.load.documents import read_yaml  # only who has a settings file waits for this
    from advisor.load.nearest import nearest
    from advisor.load.text import decode

    try:
        content = Path(path).read_bytes()
    except OSError:
        raise SettingsError([Problem(path, Message(N_("Inställningsfilen går inte att läsa. Finns den?")))]) from None
    try:
        document = read_yaml(decode(content, path), path)
    except DialoglotsError as error:
        raise SettingsError(error.problems) from None
    data = document.data if document.data is not None else {}
    if not isinstance(data, dict):
        raise SettingsError([Problem(path, Message(N_("Här ska stå inställningar, till exempel «lang: sv».")), 1, 1)])
    remarks = []
    for key in data:
        if key not in _KEYS:
            likely = nearest(key, _KEYS)
            sentence = N_("Inställningen «{key}» finns inte. Menade ni «{likely}»?") if likely else (
                N_("Inställningen «{key}» finns inte och läses inte."))  # fmt: skip
            place = document.position((key,), key=True)
            remarks.append(Problem(path, Message(sentence, {"key": key, "likely": likely}), *place))
    lang = data.get("lang")
    if lang is not None and lang not in LANGUAGES:
        raise SettingsError([Problem(path, Message(_LANGUAGE, {"lang": lang}), *document.position(("lang",)))])
    return ({"lang": lang} if lang else {}), tuple(remarks)

"""The user's settings and language: the command line first, then the environment, then a settings file."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from advisor.errors import DialoglotsError, Message, Problem
from advisor.i18n import DEFAULT_LANGUAGE, LANGUAGES, N_

SETTINGS_FILE: Final = ".dialoglots.yaml"
_KEYS: Final = ("lang", "profile", "rules", "organisation")
_LANGUAGE: Final = N_("Språket «{lang}» finns inte. Välj sv eller en.")
_NO_TEXT: Final = N_("Här ska stå en text: «{key}: …».")


class SettingsError(DialoglotsError):
    """A settings file, or the environment, asks for what cannot be."""


class Settings(NamedTuple):
    """What was settled before the command runs. ``path`` is the settings file used; ``remarks`` are worth a look.

    ``profile`` and ``rules`` are what a command takes that is not told otherwise; ``organisation`` is filled into new plans.
    """

    lang: str
    path: str | None = None
    remarks: tuple[Problem, ...] = ()
    profile: str | None = None
    rules: str | None = None
    organisation: str | None = None


def settle(args: Sequence[str]) -> Settings:
    """The settings for a command line. Raises SettingsError with everything that is wrong."""
    path = _settings_file(_value_of("--config", args))
    found, remarks = _read(path) if path else ({}, ())
    others = {key: _environment(key) or found.get(key) for key in ("profile", "rules", "organisation")}
    asked = _value_of("--lang", args)
    if asked in LANGUAGES:
        return Settings(asked, path, remarks, **others)
    environment = _environment("lang").lower()
    if environment and environment not in LANGUAGES:
        raise SettingsError([Problem("DIALOGLOTS_LANG", Message(_LANGUAGE, {"lang": environment}))])
    return Settings(environment or found.get("lang") or DEFAULT_LANGUAGE, path, remarks, **others)


def _environment(key: str) -> str:
    return os.environ.get(f"DIALOGLOTS_{key.upper()}", "").strip()


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
    found = {key: value for key in _KEYS if (value := data.get(key)) is not None}
    wrong = [Problem(path, Message(_NO_TEXT, {"key": key}), *document.position((key,)))
             for key, value in found.items() if not isinstance(value, str)]  # fmt: skip
    if isinstance(found.get("lang"), str) and found["lang"] not in LANGUAGES:
        wrong.append(Problem(path, Message(_LANGUAGE, {"lang": found["lang"]}), *document.position(("lang",))))
    if wrong:
        raise SettingsError(wrong)
    if "rules" in found:  # the folder lies where the file says, from wherever the command is run
        found["rules"] = os.path.join(os.path.dirname(path), found["rules"])
    return found, tuple(remarks)

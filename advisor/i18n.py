"""The two languages. Swedish is written in the code and is the key to its English translation.

The user's choice decides (``--lang``, ``DIALOGLOTS_LANG``, settings), never the system's locale. Texts about citizen
dialogue are not here: they stand beside their logic in ``rules/`` and ``knowledge/`` as ``{sv: …, en: …}``.
"""

import gettext
import os
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("sv", "en")
DEFAULT_LANGUAGE: Final = "sv"
LOCALE_FOLDER: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "dialoglots"

_SWEDISH_ORDER: Final = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def N_(template: str) -> str:
    """Marks a text for translation where it is written; it is translated where it is shown."""
    return template


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == DEFAULT_LANGUAGE:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE_FOLDER, languages=[lang], fallback=True)


def translate(template: str, lang: str) -> str:
    """The text in ``lang`` (sv or en); the Swedish itself where there is no translation."""
    return _catalogue(lang).gettext(template) if template else ""


def translate_plural(one: str, many: str, number: int, lang: str) -> str:
    """``one`` or ``many`` in ``lang``, as ``number`` asks for."""
    return _catalogue(lang).ngettext(one, many, number)


def use_for_click(lang: str) -> None:
    """Lets click's own words ("Usage", "Options" …) follow the chosen language instead of the system's locale."""
    os.environ["LANGUAGE"] = lang
    gettext.bindtextdomain(DOMAIN, LOCALE_FOLDER)
    gettext.textdomain(DOMAIN)


def swedish_order(text: str) -> str:
    """A key that sorts å, ä and ö after z, in that order, case aside."""
    return text.casefold().translate(_SWEDISH_ORDER)

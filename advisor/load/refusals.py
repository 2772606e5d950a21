"""What YAML and JSON refuse alike, so that a plan is judged the same in both."""

import re
from typing import Any, Final

from advisor.errors import Message
from advisor.i18n import N_

DEEPEST: Final = 64
MOST_PROBLEMS: Final = 500  # more than this in one file helps nobody
MOST_VALUES: Final = 100_000  # keys counted; each takes half a kilobyte while it is read, and a plan has some hundred
TOO_DEEP: Final = Message(
    N_("Här finns fler än {number} nivåer inuti varandra. Kontrollera indrag och parenteser."), {"number": DEEPEST}
)
TOO_MANY: Final = Message(
    N_("Filen har fler än {number} värden. En plan har några hundra. Kontrollera att det är rätt fil."),
    {"number": MOST_VALUES},
)
_DUPLICATE_KEY: Final = N_("Fältet «{key}» står två gånger, första gången på rad {first}. Behåll bara det ena.")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def duplicate_key(key: str, first: int) -> Message:
    """The sentence about a key that stood on line ``first`` already."""
    return Message(_DUPLICATE_KEY, {"key": key, "first": first})


def without_lone_surrogates(data: Any) -> Any:
    """The data with U+FFFD for every half of a surrogate pair, which no file can hold. At most DEEPEST levels."""
    if isinstance(data, str):
        return _LONE_SURROGATE.sub("\ufffd", data)
    if isinstance(data, list):
        return [without_lone_surrogates(element) for element in data]
    if isinstance(data, dict):
        return {without_lone_surrogates(key): without_lone_surrogates(value) for key, value in data.items()}
    return data

"""What is wrong with something that should be a date, and how it is written right."""

import calendar
import re
from typing import Final

from advisor.errors import Message
from advisor.i18n import N_
from advisor.load.wording import shown

_WRITE: Final = N_("«{text}» är inget datum. Skriv år, månad och dag så här: 2026-03-01.")
_MEANT: Final = N_("«{text}» är inget datum i rätt form. Skriv år-månad-dag: {date}.")
_NO_YEAR: Final = N_("«{text}» saknar år. Skriv år-månad-dag, till exempel {date}.")
_NO_DAY: Final = N_("«{text}» saknar dag. Skriv år-månad-dag, till exempel {date}.")
_NO_SUCH_DAY: Final = N_("Datumet «{text}» finns inte: månaden har {days} dagar.")
_NO_SUCH_MONTH: Final = N_("Datumet «{text}» finns inte: ett år har 12 månader.")
_OTHER_CENTURY: Final = N_("Datumet «{text}» har ett orimligt år. Skriv ett år mellan 1900 och 2199.")
_EXAMPLE_YEAR: Final = 2026

_MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH: Final = {"may": 5, "oct": 10}
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-./ ]([0-9]{1,2})[-./ ]([0-9]{1,2})(?:[t ].*)?")
_TOGETHER: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})(?:[\s/.-]+([0-9]{4}))?")
_DAY_AND_NAME: Final = re.compile(
    r"(?:den\s+)?([0-9]{1,2})(?::?e|:?a|\.|st|nd|rd|th)?\s+([^\W\d_]{3,})\.?(?:,?\s+([0-9]{4}))?"
)
_NAME_AND_DAY: Final = re.compile(r"([^\W\d_]{3,})\.?\s+([0-9]{1,2})(?:,?\s+([0-9]{4}))?")
_YEAR_AND_MONTH: Final = re.compile(r"([0-9]{4})[-./ ]([0-9]{1,2})")
_NAME_AND_YEAR: Final = re.compile(r"([^\W\d_]{3,})\.?\s+([0-9]{4})")


def date_message(raw: str) -> Message:
    """The sentence for a text that stands where a date should."""
    text = raw.strip().lower()
    values = {"text": shown(raw)}
    found = _YEAR_FIRST.fullmatch(text) or _TOGETHER.fullmatch(text)
    if found:
        return _whole(values, int(found[1]), int(found[2]), int(found[3]))
    day_first, by_name, name_first = (
        _DAY_FIRST.fullmatch(text), _DAY_AND_NAME.fullmatch(text), _NAME_AND_DAY.fullmatch(text)
    )  # fmt: skip
    if day_first:
        return _maybe_without_year(values, day_first[3], int(day_first[2]), int(day_first[1]))
    if by_name and _month(by_name[2]):
        return _maybe_without_year(values, by_name[3], _month(by_name[2]), int(by_name[1]))
    if name_first and _month(name_first[1]):
        return _maybe_without_year(values, name_first[3], _month(name_first[1]), int(name_first[2]))
    year_month, name_year = _YEAR_AND_MONTH.fullmatch(text), _NAME_AND_YEAR.fullmatch(text)
    year, month = _EXAMPLE_YEAR, 0
    if year_month:
        year, month = int(year_month[1]), int(year_month[2])
    elif name_year:
        year, month = int(name_year[2]), _month(name_year[1])
    if 1 <= month <= 12 and 1900 <= year <= 2199:
        return Message(_NO_DAY, values | {"date": f"{year}-{month:02}-01"})
    return Message(_WRITE, values)


def _month(name: str) -> int:
    short = name[:3]
    return _MONTHS.index(short) + 1 if short in _MONTHS else _ENGLISH.get(short, 0)


def _maybe_without_year(values: dict[str, str], year: str | None, month: int, day: int) -> Message:
    if year is not None:
        return _whole(values, int(year), month, day)
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(_EXAMPLE_YEAR, month)[1]:
        return Message(_NO_YEAR, values | {"date": f"{_EXAMPLE_YEAR}-{month:02}-{day:02}"})
    return Message(_WRITE, values)


def _whole(values: dict[str, str], year: int, month: int, day: int) -> Message:
    """The sentence for year, month and day that were all given, but in another form or not in the calendar."""
    if not 1900 <= year <= 2199:
        return Message(_OTHER_CENTURY, values)
    if not 1 <= month <= 12:
        return Message(_NO_SUCH_MONTH, values)
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        return Message(_NO_SUCH_DAY, values | {"days": str(days)})
    return Message(_MEANT, values | {"date": f"{year}-{month:02}-{day:02}"})

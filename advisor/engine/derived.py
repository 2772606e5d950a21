"""Facts worked out from the plan's own answers, each unknown where an answer it needs is unknown.

The kinds are those of rule language section 4; which facts there are is data, ``knowledge/derived.yaml``.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from advisor.engine.facts import Facts, Values
from advisor.engine.wording import Entries, matches, number_of_words, words_of
from advisor.model.answers import Listed
from advisor.model.knowledge import WEEKDAYS, Calendar, Derived, Knowledge, Span
from advisor.model.vocabulary import VOCABULARIES


class Derivation(NamedTuple):
    """A derived fact, ready to be worked out from the values of its inputs (None where unknown)."""

    derived: Derived
    work_out: Callable[..., Any]

    @property
    def name(self) -> str:
        """The fact's id; the name within the item where there is one an item."""
        return self.derived.id


def derivations(knowledge: Knowledge, as_of: str) -> tuple[Derivation, ...]:
    """Every derived fact of the knowledge, those that others read first."""
    ordered: dict[str, Derivation] = {}

    def add(derived: Derived) -> None:
        for fact in derived.inputs:
            name = fact.removeprefix("item.")
            if name in knowledge.derived and name not in ordered and name != derived.id:
                add(knowledge.derived[name])
        ordered.setdefault(derived.id, Derivation(derived, _worker(derived, knowledge, as_of)))

    for derived in knowledge.derived.values():
        add(derived)
    return tuple(ordered.values())


def derive(facts: Facts, all_derivations: tuple[Derivation, ...]) -> None:
    """Adds the derived facts that can be worked out to the plan's values and its items."""
    values = facts.values
    for derivation in all_derivations:
        derived = derivation.derived
        if derived.of is None:
            value = derivation.work_out(*(_value(fact, values, None) for fact in derived.inputs))
            if value is not None:
                values[derived.id] = value
            continue
        for item in values.get(derived.of, ()):
            if item is not None:
                derive_of_item(derivation, values, item)


def derive_of_item(derivation: Derivation, values: Values, item: Values) -> None:
    """Adds a derived fact of a list's items to one item, where it can be worked out."""
    value = derivation.work_out(*(_value(fact, values, item) for fact in derivation.derived.inputs))
    if value is not None:
        item[derivation.derived.id] = value


def _value(fact: str, values: Values, item: Values | None) -> Any:
    if fact.startswith("item."):
        return item.get(fact[5:]) if item is not None else None
    value = values.get(fact)
    if value is None and "." in fact:
        items, _, key = fact.rpartition(".")
        held = values.get(items)
        if isinstance(held, tuple) and type(held) is not Listed:
            return _union_of(held, key)
    return value


def _union_of(items: tuple[Values | None, ...], key: str) -> Listed:
    """A key of items stands for the union over them; an item that does not tell leaves the list open."""
    union: dict[str, None] = {}
    undecided = 0
    for item in items:
        listed = item.get(key) if item is not None else None
        if listed is None:
            undecided += 1
        else:
            union.update(dict.fromkeys(listed.values))
            undecided += listed.open
    return Listed(tuple(union), undecided)


def _worker(derived: Derived, knowledge: Knowledge, as_of: str) -> Callable[..., Any]:
    match derived.how:
        case "overlaps_calendar":
            return _overlaps(knowledge.calendars[derived.calendar or ""])
        case "begins_with" | "contains" | "times":
            return _matcher(words_of(knowledge.word_lists[derived.words or ""]), derived.how)
        case "class_of":
            bounds = [knowledge.parameters[bound].value_at(as_of) for bound in derived.bounds]
            return _classifier(VOCABULARIES[derived.scale or ""], bounds)
        case how:
            return _WORKERS[how]


def _days_between(start: date | None, end: date | None) -> int | None:
    return None if start is None or end is None else (end - start).days


def _weeks_between(start: date | None, end: date | None) -> float | int | None:
    days = _days_between(start, end)
    return None if days is None else days // 7 if days % 7 == 0 else days / 7


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def _count(listed: Listed | tuple[Values | None, ...] | None) -> int | None:
    if listed is None:
        return None
    if isinstance(listed, Listed):
        return None if listed.open else len(listed.values)
    return None if None in listed else len(listed)


def _words(text: str | None) -> int | None:
    return None if text is None else number_of_words(text)


def _non_empty(listed: Listed | None) -> bool | None:
    return None if listed is None else True if listed.values else None if listed.open else False


def _covers(wanted: Listed | None, had: Listed | None) -> bool | None:
    if wanted is not None and not wanted.values and not wanted.open:
        return True
    if wanted is None or had is None:
        return None
    if not had.open and any(value not in had.values for value in wanted.values):
        return False
    covered = all(value in had.values for value in wanted.values) and not wanted.open
    return True if covered else None


def _same_text(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


_WORKERS: Final[Mapping[str, Callable[..., Any]]] = {
    "weeks_between": _weeks_between,
    "days_between": _days_between,
    "share": _share,
    "count": _count,
    "words": _words,
    "non_empty": _non_empty,
    "covers": _covers,
    "same_text": _same_text,
}


def _matcher(entries: Entries, how: str) -> Callable[[str | None], bool | int | None]:
    def found(text: str | None) -> tuple[str, ...] | None:
        return None if text is None else matches(text, entries, how == "begins_with")

    def whether(text: str | None) -> bool | None:
        return None if text is None else bool(found(text))

    def how_many(text: str | None) -> int | None:
        return None if text is None else len(found(text) or ())

    return how_many if how == "times" else whether


def _classifier(classes: tuple[str, ...], bounds: list[int | float | None]) -> Callable[..., str | None]:
    def class_of(number: int | float | None) -> str | None:
        if number is None or None in bounds:
            return None
        return classes[sum(number >= bound for bound in bounds if bound is not None)]

    return class_of


def _overlaps(calendar: Calendar) -> Callable[..., bool | None]:
    def overlaps(start: date | None, *end: date | None) -> bool | None:
        last = end[0] if end else start
        if start is None or last is None:
            return None
        if last < start or (last - start).days > 3660:
            return None  # dates in the wrong order, or ten years of them, tell nothing of a calendar
        days = (start + timedelta(days=n) for n in range((last - start).days + 1))
        return any(falls_on(calendar, day) for day in days)

    return overlaps


def falls_on(calendar: Calendar, day: date) -> bool:
    """Whether a day belongs to a calendar."""
    return any(_in_span(span, day) for span in calendar.spans)


def _in_span(span: Span, day: date) -> bool:
    if span.yearly:
        return _within_year(day, span.yearly)
    if span.weekdays:
        return WEEKDAYS[day.weekday()] in span.weekdays
    if span.easter:
        return span.easter["from"] <= (day - easter_sunday(day.year)).days <= span.easter["to"]
    if span.weekday:
        return WEEKDAYS[day.weekday()] == span.weekday["day"] and _within_year(day, span.weekday)
    return day.isoformat() in (span.dates or ())


def _within_year(day: date, span: Mapping[Any, str]) -> bool:
    """Whether a day lies from one month-day to another; a span may go past New Year."""
    first, last, month_day = span["from"], span["to"], f"{day:%m-%d}"
    return first <= month_day <= last if first <= last else month_day >= first or month_day <= last


@cache
def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous computus (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)

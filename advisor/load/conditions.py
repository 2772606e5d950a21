"""Conditions read from a rule file: every name, operator and value checked against what there is to read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from advisor.i18n import N_
from advisor.load.documents import Document, Loc
from advisor.load.problems import Problems
from advisor.model.answers import DATE_PATTERN
from advisor.model.condition import (
    All,
    AnyOf,
    Condition,
    CountTest,
    FactTest,
    FactValue,
    FindingTest,
    Not,
    ParameterValue,
    Some,
    depth,
)
from advisor.model.fact_space import FactSpace
from advisor.model.fact_types import GROUP_FACTS, FactType

DEEPEST: Final = 10
PLAIN_NUMBERS: Final = (0, 1, 2)

_NUMBER_OPS = ("is", "is_not", "above", "at_least", "below", "at_most")
OPERATORS: Final[dict[str, tuple[str, ...]]] = {
    "boolean": ("is", "is_not"),
    "option": ("is", "is_not", "one_of", "none_of"),
    "ordered": ("is", "is_not", "one_of", "none_of", "above", "at_least", "below", "at_most"),
    "number": _NUMBER_OPS,
    "date": ("is", "is_not", "before", "after"),
    "options": ("includes", "includes_any", "includes_all", "excludes"),
    "text": (),
    "texts": (),
    "items": (),
}
_FORMS = ("all", "any", "not", "fact", "finding", "some", "count")


@dataclass
class ConditionReader:
    """Reads the conditions of one rule; notes what is wrong. ``item_of`` is the rule's ``for_each``."""

    document: Document
    space: FactSpace
    rules: Iterable[str]
    parameters: Iterable[str]
    methods: Iterable[str]
    item_of: str | None
    problems: Problems

    def read(self, data: Any, loc: Loc) -> Condition | None:
        """The condition at ``loc``; None where something in it is wrong."""
        before = len(self.problems.found)
        condition = self._read(data, loc, None)
        if condition is not None and depth(condition) > DEEPEST:
            self._wrong(loc, N_("villkoret har fler än {deepest} nivåer: dela upp regeln"), deepest=DEEPEST)
        return condition if len(self.problems.found) == before else None

    def _wrong(self, loc: Loc, template: str, **values: Any) -> None:
        self.problems.add(self.document, loc, template, **values)

    def _read(self, data: Any, loc: Loc, each_of: str | None) -> Condition | None:
        if not isinstance(data, dict) or not data:
            self._wrong(loc, N_("här ska stå ett villkor, till exempel {{fact: form, is: citizen_dialogue}}"))
            return None
        forms = [form for form in _FORMS if form in data]
        if not forms:
            first = next(iter(data))
            self.problems.unknown(self.document, (*loc, first), N_("okänt slags villkor"), first, _FORMS, at_key=True)
            return None
        match forms[0]:
            case "all" | "any" as form:
                return self._parts(form, data, loc, each_of)
            case "not":
                self._only(data, loc, ("not",))
                inner = self._read(data["not"], (*loc, "not"), each_of)
                return Not(negated=inner) if inner is not None else None
            case "finding":
                return self._finding(data, loc)
            case "some":
                return self._some(data, loc, each_of)
            case "count":
                return self._count(data, loc, each_of)
            case _:
                return self._fact(data, loc, each_of)

    def _only(self, data: dict[str, Any], loc: Loc, allowed: tuple[str, ...]) -> None:
        for key in data:
            if key not in allowed:
                self.problems.unknown(self.document, (*loc, key), N_("okänd nyckel"), key, allowed, at_key=True)

    def _parts(self, form: str, data: dict[str, Any], loc: Loc, each_of: str | None) -> Condition | None:
        self._only(data, loc, (form,))
        parts = data[form]
        if not isinstance(parts, list) or not parts:
            self._wrong((*loc, form), N_("«{form}» ska följas av en lista med minst ett villkor"), form=form)
            return None
        read = [self._read(part, (*loc, form, place), each_of) for place, part in enumerate(parts)]
        whole = tuple(part for part in read if part is not None)
        return All(all=whole) if form == "all" else AnyOf(any=whole)

    def _finding(self, data: dict[str, Any], loc: Loc) -> Condition | None:
        self._only(data, loc, ("finding", "present"))
        if data["finding"] not in tuple(self.rules):
            self.problems.unknown(self.document, (*loc, "finding"), N_("okänd regel"), data["finding"], self.rules)
        if not isinstance(data.get("present"), bool):
            self._wrong(loc, N_("«finding» ska följas av «present: true» eller «present: false»"))
            return None
        return FindingTest(finding=str(data["finding"]), present=data["present"])

    def _some(self, data: dict[str, Any], loc: Loc, each_of: str | None) -> Condition | None:
        self._only(data, loc, ("some", "where"))
        if not self._is_list_of_items(data["some"], (*loc, "some"), each_of):
            return None
        if "where" not in data:
            self._wrong(loc, N_("«some» ska följas av «where» med ett villkor"))
            return None
        where = self._read(data["where"], (*loc, "where"), data["some"])
        return Some(some=data["some"], where=where) if where is not None else None

    def _is_list_of_items(self, name: Any, loc: Loc, each_of: str | None) -> bool:
        if each_of is not None:
            self._wrong(loc, N_("«some» och «count» med «where» kan inte stå inuti varandra"))
            return False
        kind = self._find(name, loc, None)
        if kind is None:
            return False
        if kind.kind != "items":
            self._wrong(loc, N_("«{name}» är ingen lista med poster, så «where» kan inte användas"), name=name)
            return False
        return True

    def _count(self, data: dict[str, Any], loc: Loc, each_of: str | None) -> Condition | None:
        operators = [key for key in data if key not in ("count", "where")]
        if len(operators) != 1 or operators[0] not in _NUMBER_OPS:
            self._wrong(loc, N_("«count» ska följas av precis en av: {operators}"), operators=", ".join(_NUMBER_OPS))
            return None
        where = None
        if "where" in data:
            if not self._is_list_of_items(data["count"], (*loc, "count"), each_of):
                return None
            where = self._read(data["where"], (*loc, "where"), data["count"])
        kind = self._find(data["count"], (*loc, "count"), each_of)
        if kind is None:
            return None
        if kind.kind not in ("items", "options", "texts"):
            self._wrong((*loc, "count"), N_("«{name}» är ingen lista och kan inte räknas"), name=data["count"])
            return None
        if kind.key in GROUP_FACTS:  # a kind that is not decided may bring any number of them
            self._wrong((*loc, "count"), N_("«{name}» är det som är känt om gruppen och kan inte räknas"), name=data["count"])
            return None
        number = FactType(kind.id, "number")
        value = self._value(number, operators[0], data[operators[0]], (*loc, operators[0]), each_of)
        if value is None:
            return None
        return CountTest(count=data["count"], op=operators[0], value=value, where=where)  # type: ignore[arg-type]

    def _find(self, fact: Any, loc: Loc, each_of: str | None) -> FactType | None:
        kind = self.space.find(str(fact), self.item_of, each_of)
        if kind is not None:
            return kind
        holder = str(fact).partition(".")[0]
        if holder == "item" and self.item_of is None:
            self._wrong(loc, N_("«{fact}» kan bara läsas i en regel med «for_each»"), fact=fact)
        elif holder == "each" and each_of is None:
            self._wrong(loc, N_("«{fact}» kan bara läsas inuti «where»"), fact=fact)
        else:
            of = self.item_of if holder == "item" else each_of if holder == "each" else None
            known = [f"{holder}.{key}" for key in self.space.of_item(of)] if of else list(self.space.plan_level)
            self.problems.unknown(self.document, loc, N_("okänt faktum"), fact, known)
        return None

    def _fact(self, data: dict[str, Any], loc: Loc, each_of: str | None) -> Condition | None:
        kind = self._find(data["fact"], (*loc, "fact"), each_of)
        operators = [key for key in data if key != "fact"]
        if kind is None:
            return None
        fitting = ("known", *OPERATORS["ordered" if kind.kind == "option" and kind.ordered else kind.kind])
        if len(operators) != 1:
            self._wrong(loc, N_("«{fact}» ska följas av precis en av: {operators}"), fact=data["fact"],
                        operators=", ".join(fitting))  # fmt: skip
            return None
        op = operators[0]
        if op not in fitting:
            self._wrong((*loc, op), N_("«{op}» passar inte «{fact}», som tar: {operators}"), op=op, fact=data["fact"],
                        operators=", ".join(fitting))  # fmt: skip
            return None
        value = self._value(kind, op, data[op], (*loc, op), each_of)
        if value is None:
            return None
        return FactTest(fact=data["fact"], op=op, value=value)  # type: ignore[arg-type]

    def _value(self, kind: FactType, op: str, raw: Any, loc: Loc, each_of: str | None) -> Any:
        """The checked right-hand side; None where it is wrong."""
        if op == "known":
            return self._boolean(raw, loc)
        if isinstance(raw, dict):
            return self._reference(kind, op, raw, loc, each_of)
        if op in ("one_of", "none_of", "includes_any", "includes_all"):
            if not isinstance(raw, list) or not raw:
                self._wrong(loc, N_("«{op}» ska följas av en lista, till exempel [a, b]"), op=op)
                return None
            options = [self._option(kind, one, (*loc, place)) for place, one in enumerate(raw)]
            return tuple(options) if None not in options else None
        match kind.kind:
            case "boolean":
                return self._boolean(raw, loc)
            case "option" | "options":
                return self._option(kind, raw, loc)
            case "number":
                if raw not in PLAIN_NUMBERS or isinstance(raw, bool):
                    self._wrong(loc, N_("ett tal i en regel är 0, 1 eller 2; andra tal är en parameter: "
                                        "{{parameter: …}} och en post i knowledge/parameters.yaml"))  # fmt: skip
                    return None
                return raw
            case _:
                if not isinstance(raw, str) or not re.search(DATE_PATTERN, raw):
                    self._wrong(loc, N_("«{value}» är inget datum, skriv till exempel 2026-03-01"), value=raw)
                    return None
                return raw

    def _boolean(self, raw: Any, loc: Loc) -> bool | None:
        if isinstance(raw, bool):
            return raw
        self._wrong(loc, N_("här ska stå true eller false"))
        return None

    def _option(self, kind: FactType, raw: Any, loc: Loc) -> str | None:
        options = tuple(self.methods) if kind.vocabulary == "method" else kind.options
        if raw in options and isinstance(raw, str):
            return raw
        if isinstance(raw, bool) and ("yes" if raw else "no") in options:
            return "yes" if raw else "no"
        self.problems.unknown(self.document, loc, N_("okänt alternativ"), raw, options, fixed=kind.vocabulary != "method")
        return None

    def _reference(self, kind: FactType, op: str, raw: dict[str, Any], loc: Loc, each_of: str | None) -> Any:
        if set(raw) == {"parameter"}:
            if kind.kind != "number":
                self._wrong(loc, N_("en parameter är ett tal, och «{fact}» är inget tal"), fact=kind.id)
            elif raw["parameter"] not in tuple(self.parameters):
                self.problems.unknown(self.document, (*loc, "parameter"), N_("okänd parameter"), raw["parameter"],
                                      self.parameters)  # fmt: skip
            else:
                return ParameterValue(parameter=raw["parameter"])
            return None
        if set(raw) != {"fact"}:
            self._wrong(loc, N_("här ska stå ett värde, {{parameter: …}} eller {{fact: …}}"))
            return None
        other = self._find(raw["fact"], (*loc, "fact"), each_of)
        if other is None:
            return None
        wants_list = op in ("one_of", "none_of", "includes_any", "includes_all")
        wanted = "options" if wants_list else "option" if kind.kind == "options" else kind.kind
        if other.kind != wanted or other.vocabulary != kind.vocabulary:
            self._wrong(loc, N_("«{fact}» och «{other}» kan inte jämföras: de har inte samma skala eller alternativ"),
                        fact=kind.id, other=raw["fact"])  # fmt: skip
            return None
        return FactValue(fact=raw["fact"])



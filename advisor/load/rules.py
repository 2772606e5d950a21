"""Rule files: one rule a file, every name in it checked (rule language, sections 1 to 4 and 6)."""

import re
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from advisor.i18n import N_
from advisor.load.conditions import ConditionReader
from advisor.load.documents import Document
from advisor.load.problems import Problems
from advisor.model.answers import DATE_PATTERN
from advisor.model.condition import All
from advisor.model.fact_space import FactSpace
from advisor.model.fact_types import CATALOGUE, LISTS, PAIRS, FactType
from advisor.model.knowledge import Knowledge
from advisor.model.plan import Plan
from advisor.model.rule import CRITERIA, FACTORS, Rule

FEWEST_EXAMPLES: Final = 3
_FINDING_KEYS = ("title", "severity", "factor", "advice")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ALWAYS: Final = All(all=())
_TEXTS = ("title", "advice", "why", "good", "not_when", "because", "adapt")


class RuleReader:
    """Reads rule files against a knowledge base (whose own ``rules`` are not looked at).

    ``rules`` are the ids of all rule files there are, so that one rule may name another.
    """

    def __init__(self, knowledge: Knowledge, rules: list[str], problems: Problems) -> None:
        self.knowledge = knowledge
        self.rules = rules
        self.problems = problems
        self.space = FactSpace(knowledge.derived, frozenset(knowledge.conclusions))

    def read(self, document: Document, expected_id: str) -> Rule | None:
        """The rule in a file, or None with what is wrong noted."""
        data, before = document.data, len(self.problems.found)
        if not isinstance(data, dict):
            self.problems.add(document, (), N_("filen ska innehålla en regel, med «id:» på första raden"))
            return None
        for_each = data.get("for_each")
        if for_each is not None and for_each not in (*LISTS, PAIRS, CATALOGUE):
            self.problems.unknown(document, ("for_each",), N_("okänd lista"), for_each, (*LISTS, PAIRS, CATALOGUE),
                                  fixed=True)  # fmt: skip
            for_each = None
        conditions = ConditionReader(
            document, self.space, self.rules, self.knowledge.parameters, self.knowledge.methods, for_each, self.problems
        )
        # A placeholder lets the rest of the file be checked where a condition is wrong or absent.
        given: dict[str, Any] = {}
        for key in ("when", "applies"):
            if key in data:
                given[key] = conditions.read(data[key], (key,)) or _ALWAYS
        if "gap" in data:  # worked out, never written
            self.problems.unknown(document, ("gap",), N_("okänd nyckel"), "gap", (), at_key=True)
        rule = self.problems.read(Rule, data, document, (), given)
        if rule is None:
            return None
        self._check_name(rule, document, expected_id)
        self._check_kind(rule, document)
        self._check_references(rule, document)
        self._check_texts(rule, document)
        self._check_examples(rule, document)
        return rule if len(self.problems.found) == before else None

    def _check_name(self, rule: Rule, document: Document, expected_id: str) -> None:
        if rule.id != expected_id:
            self.problems.add(document, ("id",), N_("id ska vara «{expected}», som filens plats och namn säger"),
                              expected=expected_id)  # fmt: skip
        if rule.area not in self.knowledge.areas:
            self.problems.unknown(document, ("id",), N_("okänt område"), rule.area, self.knowledge.areas)
        elif not re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", rule.id):
            self.problems.add(document, ("id",), N_("ett id är område.namn med små bokstäver, siffror och _, a till z"))

    def _check_kind(self, rule: Rule, document: Document) -> None:
        add = self.problems.add
        kinds = [kind for kind, there in (("severity", rule.severity), ("concludes", rule.concludes),
                                          ("criterion", rule.criterion)) if there is not None]  # fmt: skip
        if not kinds:
            add(document, (), N_("regeln säger inte vad den ska ge: «severity», «concludes» eller «criterion» saknas"))
            return
        if rule.concludes is not None:
            for key in (*_FINDING_KEYS, "criterion", "weighs", "alternative"):
                if key in document.data:
                    add(document, (key,), N_("en regel med «concludes» har inte «{key}»"), key=key)
            if rule.why is None:
                add(document, (), N_("nyckeln «{name}» saknas"), name="why")
            if rule.concludes not in self.knowledge.conclusions:
                self.problems.unknown(document, ("concludes",), N_("okänd slutsats"), rule.concludes,
                                      self.knowledge.conclusions)  # fmt: skip
        if rule.severity is not None:
            for key in _FINDING_KEYS:
                if key not in document.data:
                    add(document, (), N_("nyckeln «{name}» saknas"), name=key)
            if rule.why is None:
                add(document, (), N_("nyckeln «{name}» saknas"), name="why")
        if rule.factor is not None and rule.factor not in FACTORS:
            self.problems.unknown(document, ("factor",), N_("okänd faktor"), rule.factor, FACTORS, fixed=True)
        if rule.severity == "stop" and rule.alternative is None:
            add(document, ("severity",), N_("ett stopp ska ha «alternative»: vad ni gör i stället"))
        if rule.severity == "advice" and rule.alternative is not None:
            add(document, ("alternative",), N_("ett råd har inte «alternative», bara stopp och åtgärda"))
        if rule.for_each == CATALOGUE:
            self._check_method_rule(rule, document)
        else:
            for key in ("criterion", "weighs", "excludes", "because", "adapt"):
                if key in document.data:
                    add(document, (key,), N_("«{key}» hör bara till regler med «for_each: catalogue»"), key=key)

    def _check_method_rule(self, rule: Rule, document: Document) -> None:
        add = self.problems.add
        if rule.criterion is None and rule.concludes is None:
            add(document, (), N_("nyckeln «{name}» saknas"), name="criterion")
        elif rule.criterion is not None and rule.criterion not in CRITERIA:
            self.problems.unknown(document, ("criterion",), N_("okänt kriterium"), rule.criterion, CRITERIA, fixed=True)
        if rule.because is None:
            add(document, (), N_("nyckeln «{name}» saknas"), name="because")
        if rule.excludes == (rule.weighs is not None):
            add(document, (), N_("en metodregel har antingen «weighs» eller «excludes: true»"))
        if rule.weighs is not None and (abs(rule.weighs) > 3 or rule.weighs == 0):
            add(document, ("weighs",), N_("«weighs» är ett tal från -3 till 3, inte 0"))
        if rule.severity is not None and not rule.excludes and (rule.weighs or 0) >= 0:
            add(document, ("severity",), N_("bara en metodregel som utesluter eller talar emot kan ge ett påpekande"))

    def _check_references(self, rule: Rule, document: Document) -> None:
        if rule.alternative is not None and rule.alternative not in self.knowledge.alternatives:
            self.problems.unknown(document, ("alternative",), N_("okänd annan väg"), rule.alternative,
                                  self.knowledge.alternatives)  # fmt: skip
        for place, source in enumerate(rule.sources):
            if source.ref not in self.knowledge.sources:
                self.problems.unknown(document, ("sources", place, "ref"), N_("okänd källa"), source.ref,
                                      self.knowledge.sources)  # fmt: skip
        if "sources" not in document.data:
            self.problems.add(document, (), N_("nyckeln «{name}» saknas"), name="sources")
        if rule.basis == "source" and not rule.sources:
            self.problems.add(document, ("basis",), N_("«basis: source» kräver minst en källa"))
        if rule.valid_from is not None and not re.search(DATE_PATTERN, rule.valid_from):
            self.problems.add(document, ("valid_from",), N_("«{value}» är inget datum, skriv till exempel 2026-03-01"),
                              value=rule.valid_from)  # fmt: skip

    def _check_texts(self, rule: Rule, document: Document) -> None:
        for key in _TEXTS:
            words = getattr(rule, key)
            for lang in ("sv", "en") if words is not None else ():
                text = words.text(lang)
                for name in _PLACEHOLDER.findall(text):
                    self._check_placeholder(rule, document, key, lang, name)
                if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
                    self.problems.add(document, (key, lang), N_("klamrar hör bara till «{{item}}», «{{fact:…}}» och "
                                                                "«{{parameter:…}}», i par"))  # fmt: skip

    def _check_placeholder(self, rule: Rule, document: Document, key: str, lang: str, name: str) -> None:
        what, _, one = name.partition(":")
        if name == "item" and rule.for_each is not None:
            return
        if what == "fact" and self.space.find(one, rule.for_each, None) is not None:
            return
        if what == "parameter" and one in self.knowledge.parameters:
            return
        known = [*(f"parameter:{one}" for one in self.knowledge.parameters),
                 *(f"fact:{one}" for one in self.space.plan_level)]  # fmt: skip
        self.problems.unknown(document, (key, lang), N_("okänt i en text"), f"{{{name}}}", (f"{{{k}}}" for k in known))

    def _check_examples(self, rule: Rule, document: Document) -> None:
        if len(rule.examples) < FEWEST_EXAMPLES:
            self.problems.add(document, ("examples",) if "examples" in document.data else (),
                              N_("en regel har minst tre exempel: ett där den utlöses, ett där den är tyst "
                                 "och helst ett där den inte går att avgöra"))  # fmt: skip
        for place, example in enumerate(rule.examples):
            for fact, value in example.given.items():
                self._check_given(rule, document, ("examples", place, "given", fact), fact, value)
            for position, fact in enumerate(example.missing):
                if not self._exists(rule, fact):
                    self.problems.unknown(document, ("examples", place, "missing", position), N_("okänt faktum"), fact,
                                          self._names(rule))  # fmt: skip
            if example.missing and example.expect != "undecided":
                self.problems.add(document, ("examples", place, "missing"),
                                  N_("«missing» hör bara till «expect: undecided»"))  # fmt: skip

    def _names(self, rule: Rule) -> list[str]:
        own = [f"item.{name}" for name in self.space.of_item(rule.for_each)] if rule.for_each else []
        return [*self.space.plan_level, *own, *(f"finding:{one}" for one in self.rules)]

    def _exists(self, rule: Rule, fact: str) -> bool:
        plain = re.sub(r"\[[0-9]+\]", "", fact)
        return plain in self._names(rule) or any(
            plain == f"{items}.{name}" for items in LISTS for name in self.space.of_item(items)
        )

    def _check_given(self, rule: Rule, document: Document, loc: tuple[str | int, ...], fact: str, value: Any) -> None:
        if fact.startswith("finding:"):
            if fact.removeprefix("finding:") not in self.rules:
                self.problems.unknown(document, loc, N_("okänd regel"), fact.removeprefix("finding:"), self.rules,
                                      at_key=True)  # fmt: skip
            elif not isinstance(value, bool):
                self.problems.add(document, loc, N_("här ska stå true eller false"))
            return
        kind = self.space.find(fact, rule.for_each, None)
        if kind is None:
            self.problems.unknown(document, loc, N_("okänt faktum"), fact, self._names(rule), at_key=True)
        elif not fits(kind, value):
            self.problems.add(document, loc, N_("värdet passar inte «{fact}»: {value}"), fact=fact, value=value)


def fits(kind: FactType, value: Any) -> bool:
    """Whether an example's raw value can be that of a fact."""
    if kind.kind == "items":
        return _reads_as_plan(kind.id, value)
    if kind.answer is not None:
        try:
            kind.answer.read(value)
        except PydanticCustomError:
            return False
        return True
    match kind.kind:
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case _:
            return isinstance(value, str) and (value in kind.options or kind.vocabulary == "method")


def _reads_as_plan(items: str, value: Any) -> bool:
    section, _, key = items.rpartition(".")
    try:
        Plan.model_validate({section: {key: value}} if section else {key: value})
    except ValidationError:
        return False
    return True

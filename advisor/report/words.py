"""Ids and values in words: what people see for facts, options, numbers, rules and everything else the adviser names."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from advisor.i18n import N_, translate, translate_plural
from advisor.model.assessment import Finding, Item, Reason
from advisor.model.fact_space import FactSpace
from advisor.model.fact_types import CATALOGUE, LISTS, FactType
from advisor.model.knowledge import Knowledge, plain_name
from advisor.model.profile import STANDARD
from advisor.model.rule import Citation, Rule, Words
from advisor.report.characters import one_line

FINDING: Final = "finding:"

SEVERITIES: Final = {"stop": N_("stopp"), "fix": N_("åtgärda"), "advice": N_("råd")}
VERDICTS: Final = {"ready": N_("redo"), "revise": N_("att arbeta om"), "stop": N_("stopp")}
STATUSES: Final = {"certain": N_("säkert"), "possible": N_("möjligt")}
# What methods wait for, as it reads after "först behöver ni".
WAITING_FOR: Final = {
    "question": N_("klargöra frågan och att den går att påverka"),
    "goals": N_("ange minst ett mål"),
    "governance": N_("knyta dialogen till en styrprocess"),
    "target_groups": N_("bestämma målgrupperna"),
    "depth": N_("bestämma djupet"),
    "breadth": N_("bestämma bredden"),
    "stop": N_("undanröja det som ger stopp"),
}
_ITEM_NOUNS: Final = {
    "goals": N_("mål {number}"),
    "target_groups": N_("målgrupp {number}"),
    "methods": N_("metod {number}"),
    "governance.decision_path": N_("steg {number} i beslutsvägen"),
    "evaluation.indicators": N_("indikator {number}"),
}
# Units stand in the knowledge as they are said of many.
_OF_ONE: Final = {
    "veckor": "vecka", "dagar": "dag", "personer": "person", "tillfällen": "tillfälle", "timmar": "timme",
    "kronor": "krona", "dialoger": "dialog", "procent": "procent",
    "weeks": "week", "days": "day", "people": "person", "sessions": "session", "hours": "hour", "signs": "sign",
    "dialogues": "dialogue", "years": "year",
}  # fmt: skip
_CONSULT_ALL_THE_SAME: Final = N_(
    "Samrådet ska hållas. Ordna ändå det som fattas här, så att de som lämnar synpunkter kan påverka. Går det inte, "
    "säg öppet vad som ligger fast."
)
_LONGEST_LABEL: Final = 60

_INDEX: Final = re.compile(r"\[([0-9]+)\]")
_ITEM: Final = re.compile(r"([a-z_.]+)\[([0-9]+)\]")
_PLACEHOLDER: Final = re.compile(r"\{(item|fact:[^{}]+|parameter:[^{}]+)\}")


def plain_fact(fact: str) -> str:
    """A fact as output writes it, without the place of its item: ``target_groups.channels``."""
    return _INDEX.sub("", fact)


class Speaker:
    """Speaks of one knowledge base in one language, on one day.

    ``items`` holds the labels of a plan's items by ``list[index]``, as far as they are known. ``subject`` are the items
    that the talk is about just now: their facts need not say whose they are. ``profile`` is the one in force.
    """

    def __init__(
        self, knowledge: Knowledge, lang: str, as_of: str, items: Mapping[str, str] | None = None, profile: str = STANDARD
    ) -> None:
        self.knowledge = knowledge
        self.profile = profile
        self.lang = lang
        self.as_of = as_of
        self.items = items or {}
        self.subject: frozenset[str] = frozenset()
        self.space = FactSpace(knowledge.derived, frozenset(knowledge.conclusions))
        self.type_of = cache(self._type_of)

    def about(self, items: Iterable[Item | None]) -> "Speaker":
        """The same speaker, who knows the labels of a plan's items."""
        return self._with(items={_place(one): one.label for item in items for one in _both(item)})

    def speaking_of(self, item: Item | None) -> "Speaker":
        """The same speaker in the middle of talk about an item."""
        return self._with(subject=frozenset(_place(one) for one in _both(item)))

    def _with(self, **changed: object) -> "Speaker":
        other = Speaker.__new__(Speaker)
        other.__dict__.update(self.__dict__, **changed)
        return other

    def say(self, template: str, /, **values: object) -> str:
        """A sentence of the program's own. ``template`` is Swedish, marked with N_."""
        return translate(template, self.lang).format_map(values) if values else translate(template, self.lang)

    def quoted(self, text: str) -> str:
        """A text within the language's quotation marks."""
        return self.say(N_("«{text}»"), text=text)

    def words(self, words: Words | None) -> str:
        """A domain text."""
        return words.text(self.lang) if words is not None else ""

    # facts and values

    def _type_of(self, fact: str) -> FactType | None:
        """The type of a fact as output writes it, its place left out; None for findings and what is not known."""
        for items in (*LISTS, CATALOGUE):
            if fact.startswith(items + "."):
                return self.space.of_item(items).get(fact[len(items) + 1 :])
        return self.space.plan_level.get(fact)

    def fact(self, fact: str) -> str:
        """A fact's label, with the item it belongs to in brackets."""
        if fact.startswith(FINDING):
            return self.rule(fact.removeprefix(FINDING))
        label = self.label(plain_fact(fact))
        return self._whose(label, fact)

    def label(self, fact: str) -> str:
        """A fact's label; ``fact`` names no single item."""
        words = self.knowledge.fact_label(fact)
        if words is None:  # a fact that the knowledge adds to the items of a list
            holder = next((items for items in LISTS if fact.startswith(f"{items}.")), "")
            own, last = fact.removeprefix(f"{holder}."), fact.rpartition(".")[2]
            words = self.knowledge.fact_label(own) or self.knowledge.fact_label(last)
        return self.words(words) or fact

    def question(self, fact: str) -> str:
        """The question that asks for a plan fact, with the item it is about in brackets."""
        return self._asked(fact, False)

    def quoted_question(self, fact: str) -> str:
        """The same within a sentence."""
        return self._asked(fact, True)

    def _asked(self, fact: str, quoted: bool) -> str:
        asked = self.knowledge.questions.get(plain_fact(fact))
        question = self.words(asked.ask) if asked is not None else self.label(plain_fact(fact))
        return self._whose(self.quoted(question) if quoted else question, fact)

    def _whose(self, text: str, fact: str) -> str:
        found = _ITEM.match(fact)
        if found is None or found[0] in self.subject:
            return text
        return f"{text} ({self.item_at(found[1], int(found[2]))})"

    def value(self, fact: str, value: Any, *, inside: bool = False) -> str:
        """A fact's value, both as output writes them. ``inside`` a sentence labels begin with a small letter."""
        if value is None:
            return self.say(N_("inte besvarat"))
        if value == "unknown":
            return self.say(N_("inte bestämt"))
        if fact.startswith(FINDING):
            return self.say(N_("gäller")) if value else self.say(N_("gäller inte"))
        if isinstance(value, bool):
            return self.yes_no(value)
        if isinstance(value, (list, tuple)):
            kind = self.type_of(plain_fact(fact))
            if kind is not None and kind.kind == "items":
                return str(len(value))
            return self._list(fact, list(value), inside)
        if isinstance(value, (int, float)):
            return self.number(value, self._unit(fact), self._decimals(fact))
        return self.option(fact, str(value), inside=inside)

    def yes_no(self, value: bool) -> str:
        return self.say(N_("ja")) if value else self.say(N_("nej"))

    def option(self, fact: str, option: str, *, inside: bool = False) -> str:
        """The label of one option of a fact, or the text itself where the fact is no choice."""
        plain = plain_fact(fact)
        kind = self.type_of(plain)
        if plain == "methods.groups" and option == "all":
            return self.say(N_("alla målgrupper"))
        if kind is None or kind.kind not in ("option", "options"):
            return self.method_name(option) if plain == "methods.method" else one_line(option)
        label = self.words(self.knowledge.option_label(kind.vocabulary or "", option, plain))
        return (uncapitalised(label) if inside and kind.vocabulary != "method" else label) or one_line(option)

    def _list(self, fact: str, values: list[Any], inside: bool) -> str:
        if not values:
            return self.say(N_("inga"))
        kind = self.type_of(plain_fact(fact))
        if kind is not None and kind.kind == "text":  # the words that a check found in it
            return self.joined(self.quoted(one_line(str(value))) for value in values)
        said = [self.option(fact, str(value), inside=inside or place > 0)
                for place, value in enumerate(values) if value != "unknown"]  # fmt: skip
        if len(said) < len(values):
            said.append(self.say(N_("mer som inte är bestämt")) if said else self.say(N_("inte bestämt")))
        return self.joined(said)

    def joined(self, parts: Iterable[str], *, last: str = "and") -> str:
        """``a, b och c``; with ``last`` "or", ``a, b eller c``."""
        parts = list(parts)
        word = self.say(N_("och")) if last == "and" else self.say(N_("eller"))
        return " ".join([", ".join(parts[:-1]), word, parts[-1]]) if len(parts) > 1 else "".join(parts)

    def _unit(self, fact: str) -> str:
        plain = plain_fact(fact)
        for name in (plain, plain.rpartition(".")[2]):
            for known in (self.knowledge.questions, self.knowledge.derived, self.knowledge.known_facts):
                if name in known:
                    return self.words(known[name].unit)
        return ""

    def _decimals(self, fact: str) -> int | None:
        derived = self.knowledge.derived.get(plain_fact(fact))
        return 1 if derived is not None and derived.how == "weeks_between" else None

    def number(self, value: int | float, unit: str = "", decimals: int | None = None) -> str:
        """A number with its unit. ``decimals``: at most so many; None shows them all."""
        text = f"{value:.{decimals}f}" if decimals is not None and not float(value).is_integer() else f"{value:.15g}"
        if "e" in text:
            text = str(int(value)) if float(value).is_integer() else f"{value:f}".rstrip("0")
        whole, _, rest = text.partition(".")
        if len(whole.lstrip("-")) > 4:
            whole = f"{int(whole):,}".replace(",", "\u00a0" if self.lang == "sv" else ",")
        number = whole + ("," if self.lang == "sv" else ".") + rest if rest.strip("0") else whole
        number = number.replace("-", "−") if number.startswith("-") else number
        return f"{number} {_OF_ONE.get(unit, unit) if abs(value) == 1 else unit}" if unit else number

    def parameter(self, parameter: str) -> str:
        """A parameter's value in force, with its unit."""
        known = self.knowledge.parameters[parameter]
        value = known.value_at(self.as_of)
        return self.words(known.label) if value is None else self.number(value, self.words(known.unit))

    # items

    def item_at(self, items: str, index: int) -> str:
        """What an item of a plan is called."""
        place = f"{items}[{index}]"
        label = self.items.get(place, place)
        if label == place:
            return self.say(_ITEM_NOUNS.get(items, "{number}"), number=index + 1)
        return self.method_name(label) if items == "methods" else _shortened(one_line(label))

    def item(self, item: Item) -> str:
        """What an item is called; a pair by its method and its group."""
        told = self.about([item])
        return " – ".join(told.item_at(one.list, one.index) for one in _both(item))

    def method_name(self, method: str) -> str:
        """A method's name in the catalogue; what the plan calls it where the catalogue has no such method."""
        known = self.knowledge.methods.get(self.knowledge.methods_by_name.get(plain_name(method), ""))
        return self.words(known.name) if known else _shortened(one_line(method))

    # rules and what they cite

    def rule(self, rule: str) -> str:
        """A rule's title; the label of its conclusion where it draws one."""
        known = self.knowledge.rules.get(rule)
        if known is None:
            return rule
        if known.title is not None:
            return self.words(known.title)
        return self.words(known.because) or (self.label(known.concludes) if known.concludes else rule)

    def profile_name(self, profile: str) -> str:
        """What a profile is called."""
        known = self.knowledge.profiles.get(profile)
        return self.words(known.title) if known is not None and known.title is not None else profile

    def in_profile(self, rule: Rule) -> str:
        """What the profile in force makes of a rule, where that is not what the rule says itself; else nothing."""
        terms, name = self.knowledge.terms(self.profile), self.quoted(self.profile_name(self.profile))
        if rule.id in terms.off:
            return self.say(N_("Profilen {name} har stängt av regeln."), name=name)
        own, severity = rule.severity, terms.severity_of(rule)
        if own is None or severity is None or severity == own:
            return ""
        words = {"severity": self.say(SEVERITIES[severity]), "own": self.say(SEVERITIES[own])}
        return self.say(N_("Allvaret är {severity} i profilen {name}. Regelns eget är {own}."), name=name, **words)

    def advice(self, finding: Finding) -> str:
        """What to do about a finding. Where the law asks for a consultation, a stop cannot say "do not invite"."""
        if finding.by_duty:
            return self.say(_CONSULT_ALL_THE_SAME)
        return self.filled(self.knowledge.rules[finding.rule].advice, finding.item, finding.because)

    def filled(self, words: Words | None, item: Item | None = None, because: Iterable[Reason] = ()) -> str:
        """A rule's text with its placeholders filled from a finding; without one, by labels."""
        text = self.words(words)
        if "{" not in text:
            return text
        values = {reason.fact: reason.value for reason in because}

        def fill(found: re.Match[str]) -> str:
            what, _, name = found[1].partition(":")
            if what == "parameter":
                return self.parameter(name)
            if what == "item":
                return self.quoted(self.item(item)) if item is not None else self.say(N_("[namnet]"))
            fact = fact_of_item(name, item)
            return self.value(fact, values[fact]) if fact in values else f"[{self._placeholder_label(name)}]"

        return _PLACEHOLDER.sub(fill, text)

    def answers(self, because: Iterable[Reason]) -> list[Reason]:
        """The reasons worth telling: what is answered, and of a text the words found in it rather than that they were."""

        def of_words(fact: str) -> bool:
            known, plain = self.knowledge.derived, plain_fact(fact)
            derived = known.get(plain) or known.get(plain.partition(".")[2])
            return derived is not None and derived.words is not None and derived.how != "times"

        return list(dict.fromkeys(one for one in because if one.value is not None and not one.fact.endswith("_unbounded")
                                  and not of_words(one.fact)))  # fmt: skip

    def _placeholder_label(self, name: str) -> str:
        last = name.rpartition(".")[2]
        labels = (self.label(fact) for fact in (name, *(f"{items}.{last}" for items in LISTS), last))
        return next((label for label in labels if "." not in label and label != last), name)

    def source(self, citation: Citation) -> str:
        """A source with the place in it, shortly."""
        known = self.knowledge.sources.get(citation.ref)
        if known is None:
            return citation.ref
        # "Sveriges Kommuner och Regioner (SKR)" is known by its short name.
        publisher = re.sub(r".*\((\w+)\)", r"\1", known.publisher or "")
        issued = " ".join(part for part in (publisher, (known.date or "")[:4]) if part)
        title = f"{known.title} ({issued})" if issued else known.title
        place = citation.place(self.lang)
        return f"{title} – {place}" if place else title

    def basis(self, rule: Rule, *, brief: bool = False) -> str:
        """What a rule rests on: its sources, or that it is a judgement. ``brief`` names the first source only."""
        cited = [self.source(citation) for citation in rule.sources]
        told = "; ".join(cited[:1] if brief else cited)
        if not cited:
            return self.say(N_("Egen bedömning."))
        sentence = N_("Källa: {sources}.") if rule.basis == "source" else N_("Egen bedömning, med stöd i {sources}.")
        text = self.say(sentence, sources=told)
        left = len(cited) - 1
        if not brief or not left:
            return text
        more = translate_plural("Och en källa till.", "Och {number} källor till.", left, self.lang)
        return f"{text} {more.format(number=left)}"


def names_the_plan(rule: Rule) -> bool:
    """Whether a rule's texts name the item or a value, and so differ from finding to finding."""
    texts = (rule.title, rule.advice, rule.why, rule.good, rule.not_when)
    return any(mark in text for words in texts if words for text in (words.sv, words.en) for mark in ("{item", "{fact"))


def _both(item: Item | None) -> tuple[Item, ...]:
    return tuple(one for one in (item, item.group if item else None) if one is not None)


def _place(item: Item) -> str:
    return f"{item.list}[{item.index}]"


def fact_of_item(name: str, item: Item | None) -> str:
    """A fact as a rule names it (``item.channels``), as output writes it (``target_groups[0].channels``)."""
    holder, _, key = name.partition(".")
    if holder != "item" or item is None:
        return name
    if item.group is not None and key.startswith("group."):
        return f"{item.group.list}[{item.group.index}].{key.removeprefix('group.')}"
    return f"{item.list}[{item.index}].{key.removeprefix('method.') if item.list == 'methods' else key}"


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1].rstrip() + "…"


def uncapitalised(text: str) -> str:
    """A label as it reads inside a sentence; an abbreviation keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] in (" ", "-") else text

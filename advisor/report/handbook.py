"""The handbook: a Markdown page for every rule in each language, and a first page that lists them."""

from collections.abc import Iterator
from typing import Final

from advisor.i18n import LANGUAGES, N_
from advisor.model.knowledge import Knowledge
from advisor.model.rule import Example, Rule
from advisor.report.conditions import TestWords, condition_lines
from advisor.report.words import SEVERITIES, Speaker

_EXPECTED: Final = {
    "fires": N_("påpekas"),
    "silent": N_("påpekas inte"),
    "undecided": N_("går inte att avgöra"),
    "not_applicable": N_("regeln prövas inte"),
}
_TITLE: Final = N_("Reglerna")
_CHECKS: Final = N_("Vad regeln prövar")
_ALTERNATIVE: Final = N_("En annan väg")
_CASES: Final = N_("Prövade fall")
_COLUMNS: Final = (N_("Fall"), N_("Planen säger"), N_("Regeln"))
_SOURCES: Final = N_("Källor")
_SEVERITY: Final = N_("Allvar")
_CONCLUSION: Final = N_("Slutsats som andra regler läser")
_FACTOR: Final = N_("Framgångsfaktor")
_AREA: Final = N_("Område")
_SINCE: Final = N_("Gäller från")
_JUDGED: Final = N_("Egen bedömning av programmets författare.")
_TEXTS: Final = (
    ("advice", N_("Vad ni gör")),
    ("why", N_("Varför")),
    ("good", N_("Så kan det låta")),
    ("not_when", N_("När rådet inte gäller")),
    ("because", N_("Skäl vid metodval")),
    ("adapt", N_("Så kan metoden anpassas")),
)
_MARKDOWN: Final = str.maketrans({mark: "\\" + mark for mark in "\\`*_[]<>|#"})


def pages(knowledge: Knowledge, as_of: str) -> Iterator[tuple[str, str]]:
    """Every page as its path below the handbook's folder (``sv/question/text_missing.md``) and its text."""
    for lang in LANGUAGES:
        speaker = Speaker(knowledge, lang, as_of)
        yield f"{lang}/index.md", _index(speaker)
        for rule in knowledge.rules.values():
            yield f"{lang}/{_path(rule)}", rule_page(rule, speaker)


def _path(rule: Rule) -> str:
    return rule.id.replace(".", "/") + ".md"


def _plain(text: str) -> str:
    """Text as Markdown shows it unchanged."""
    return text.translate(_MARKDOWN)


def _index(speaker: Speaker) -> str:
    knowledge, say = speaker.knowledge, speaker.say
    lines = [f"# {say(_TITLE)}", "", say(N_("En sida för varje regel, i arbetsordning.")), ""]
    for area in knowledge.areas.values():
        rules = [rule for rule in knowledge.rules.values() if rule.area == area.id]
        if not rules:
            continue
        lines += [f"## {_plain(speaker.words(area.title))}", "", _plain(speaker.words(area.about)), ""]
        for rule in rules:
            says = say(SEVERITIES[rule.severity]) if rule.severity else say(N_("slutsats"))
            lines.append(f"- [{_plain(speaker.rule(rule.id))}]({_path(rule)}) – {says}")
        lines.append("")
    return "\n".join(lines)


def rule_page(rule: Rule, speaker: Speaker) -> str:
    """One rule: what it checks, what to do, why, a wording, exceptions, worked cases and sources."""
    say = speaker.say
    lines = [f"# {_plain(speaker.rule(rule.id))}", "", f"`{rule.id}`", ""]
    lines += [*_facts_of(rule, speaker), "", f"## {say(_CHECKS)}", ""]
    words = TestWords(speaker, rule.for_each)
    if rule.applies is not None:
        lines += [say(N_("Regeln prövas bara när:")), "", *_nested(condition_lines(rule.applies, words)), ""]
        lines += [say(N_("Då gäller det att se om:")), ""]
    lines += [*_nested(condition_lines(rule.when, words)), ""]
    for key, heading in _TEXTS:
        text = getattr(rule, key)
        if text is not None:
            lines += [f"## {say(heading)}", "", _plain(speaker.filled(text)), ""]
    if rule.alternative is not None:
        way = speaker.knowledge.alternatives[rule.alternative]
        lines += [f"## {say(_ALTERNATIVE)}: {_plain(speaker.words(way.title))}", "", _plain(speaker.words(way.text)), "",
                  _plain(speaker.words(way.first_step)), ""]  # fmt: skip
    lines += [f"## {say(_CASES)}", "", *_examples(rule.examples, rule, speaker), ""]
    lines += [f"## {say(_SOURCES)}", "", *_sources(rule, speaker), ""]
    return "\n".join(lines)


def _facts_of(rule: Rule, speaker: Speaker) -> Iterator[str]:
    say, knowledge = speaker.say, speaker.knowledge
    if rule.severity is not None:
        yield f"- {say(_SEVERITY)}: {say(SEVERITIES[rule.severity])}"
    if rule.concludes is not None:
        yield f"- {say(_CONCLUSION)}"
    if rule.factor is not None:
        yield f"- {say(_FACTOR)}: {_plain(speaker.words(knowledge.factors[rule.factor].title))}"
    if rule.area in knowledge.areas:
        yield f"- {say(_AREA)}: {_plain(speaker.words(knowledge.areas[rule.area].title))}"
    if rule.valid_from is not None:
        yield f"- {say(_SINCE)}: {rule.valid_from}"


def _nested(lines: Iterator[tuple[int, str]]) -> Iterator[str]:
    return ("  " * level + f"- {_plain(text)}" for level, text in lines)


def _examples(examples: tuple[Example, ...], rule: Rule, speaker: Speaker) -> Iterator[str]:
    say = speaker.say
    yield "| " + " | ".join(say(column) for column in _COLUMNS) + " |"
    yield "|---|---|---|"
    for example in examples:
        given = "; ".join(f"`{fact}: {_raw(value)}`" for fact, value in example.given.items()) or say(N_("ingenting"))
        yield f"| {_plain(example.name)} | {given} | {say(_EXPECTED[example.expect])} |"


def _raw(value: object) -> str:
    """A given value as a rule writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_raw(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_raw(one)}" for key, one in value.items()) + "}"
    return str(value).replace("|", "\\|").replace("`", "'")


def _sources(rule: Rule, speaker: Speaker) -> Iterator[str]:
    if rule.basis == "judgement":
        yield f"- {speaker.say(_JUDGED)}"
    for citation in rule.sources:
        source = speaker.knowledge.sources[citation.ref]
        said = ", ".join(part for part in (source.publisher, source.title, source.date, citation.place(speaker.lang)) if part)
        yield f"- {_plain(said)}" + (f" <{source.url}>" if source.url else "")

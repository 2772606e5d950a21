"""How well the wording checks agree with texts that were labelled by reading, before any word list was written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from advisor.api import Adviser
from advisor.model.plan import Plan

TEXTS: Final = Path(__file__).parent / "labelled_texts.yaml"
RULES: Final = {
    "yes_no": {"question.yes_or_no"}, "several": {"question.more_than_one"}, "leading": {"question.answer_in_wording"},
    "loaded": {"question.judging_words"}, "officialese": {"question.administrative_words"},
    "no_question": {"question.nothing_asked"}, "activity": {"goals.begins_as_activity"},
    "method": {"goals.begins_as_activity"},
    "says_more": {"influence.promise_above_level", "influence.information_invites_views"},
}  # fmt: skip
KINDS: Final = {
    "question": ("yes_no", "several", "leading", "loaded", "officialese", "no_question"),
    "goal": ("activity", "method"), "promise": ("says_more",),
}  # fmt: skip


class Seen(NamedTuple):
    """One fault looked for in one text."""

    id: str
    text: str
    fault: str
    labelled: bool
    found: bool


def looked_for(adviser: Adviser) -> Iterator[Seen]:
    """Every fault looked for in every text of its kind. A goal's two faults are one check, so they count as one."""
    for entry in yaml.safe_load(TEXTS.read_text(encoding="utf-8")):
        fired = {finding.rule for finding in adviser.check(plan_of(entry)).findings if finding.status == "certain"}
        labels = set(entry["faults"])
        if entry["kind"] == "goal":
            yield Seen(entry["id"], entry["text"], "activity", bool(labels), bool(RULES["activity"] & fired))
            continue
        for fault in KINDS[entry["kind"]]:
            yield Seen(entry["id"], entry["text"], fault, fault in labels, bool(RULES[fault] & fired))


def plan_of(entry: dict[str, Any]) -> Plan:
    """A plan that says nothing but the text."""
    text = entry["text"]
    plans = {"question": {"question": {"text": text}}, "goal": {"goals": [{"text": text}]},
             "promise": {"influence": {"promise": text, "level": entry.get("level")}}}  # fmt: skip
    return Plan.model_validate(plans[entry["kind"]])

"""How well the wording checks agree with texts that were labelled by reading.

``labelled_texts.yaml`` was written before any word list; the lists were mended once by what it showed. ``held_out_texts.yaml``
was written by someone who had seen neither the lists nor the first texts, and no list is mended by it: its figures are those
to expect of real plans. Which texts are missed is in ``docs/ordkontroller.md``.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import yaml

from advisor.api import Adviser, open_knowledge
from advisor.model.plan import Plan

HERE: Final = Path(__file__).parent
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


def looked_for(adviser: Adviser, texts: str) -> Iterator[Seen]:
    """Every fault looked for in every text of its kind. A goal's two faults are one check, so they count as one."""
    for entry in yaml.safe_load((HERE / texts).read_text(encoding="utf-8")):
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


@pytest.fixture(scope="module")
def adviser() -> Iterator[Adviser]:
    with open_knowledge(as_of=date(2026, 11, 23), engine="builtin") as opened:
        yield opened


@pytest.mark.parametrize(
    ("texts", "fewest_texts", "fewest_hits", "most_false"),
    [("labelled_texts.yaml", 80, 0.95, 0.01), ("held_out_texts.yaml", 60, 0.75, 0.02)],
)
def test_most_faults_are_found_and_few_are_imagined(
    texts: str, fewest_texts: int, fewest_hits: float, most_false: float, adviser: Adviser
) -> None:
    seen = list(looked_for(adviser, texts))
    faulty = [one for one in seen if one.labelled]
    hits, imagined = sum(one.found for one in faulty), sum(one.found and not one.labelled for one in seen)
    print(f"{texts}: {hits} of {len(faulty)} faults found, {imagined} false alarms in {len(seen) - len(faulty)}")
    assert len({one.id for one in seen}) >= fewest_texts
    assert hits >= fewest_hits * len(faulty)
    assert imagined <= most_false * (len(seen) - len(faulty))


def test_every_check_finds_and_spares() -> None:
    entries = yaml.safe_load((HERE / "labelled_texts.yaml").read_text(encoding="utf-8"))
    for kind, faults in KINDS.items():
        of_kind = [set(entry["faults"]) for entry in entries if entry["kind"] == kind]
        assert all(fault in faults for labels in of_kind for fault in labels)
        assert any(not labels for labels in of_kind)
        for fault in faults:
            assert sum(fault in labels for labels in of_kind) >= 6, fault

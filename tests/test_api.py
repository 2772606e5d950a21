"""The public Python interface."""

import pickle
from datetime import date
from pathlib import Path

import pytest
from small_knowledge import AS_OF, plan, rule, small

import advisor
from advisor import api
from advisor.api import Adviser, Engine, Opening, check, check_files, explain, load_plan, open_adviser, open_knowledge
from advisor.engine.session import engine_available
from advisor.errors import EngineError, KnowledgeError, NoPlans, PlanError, UnknownName
from advisor.model.condition import All, AnyOf, FactTest
from advisor.model.knowledge import Knowledge

DAY = date.fromisoformat(AS_OF)
RETIRED = [{"id": "question.old", "since": "2026-01-01", "replaced_by": "question.older"},
           {"id": "question.older", "since": "2026-01-01", "replaced_by": "question.a"},
           {"id": "question.gone", "since": "2026-01-01"}]  # fmt: skip


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return small(rule("question.a", "{fact: question.single, is: false}"), retired=RETIRED)


def test_open_check_explain() -> None:
    with open_knowledge(as_of=DAY) as adviser:
        told = plan("question: {influenceable: not_at_all}")
        assert check(told, adviser).verdict == "stop"
        assert check(told, adviser).decided_by == ("question.not_influenceable",)
        [part] = explain(told, "question.not_influenceable", adviser)
        assert part.status == "fires"
        assert adviser.tool.as_of == AS_OF
        assert adviser.tool.profile == "standard"


def test_today_is_the_day_unless_told_otherwise() -> None:
    with open_knowledge(engine="builtin") as adviser:
        assert adviser.tool.as_of in (date.today().isoformat(), adviser.rulebook.as_of)
        assert abs((date.fromisoformat(adviser.tool.as_of) - date.today()).days) <= 1


def test_the_engine_may_be_chosen(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    with Adviser(knowledge, DAY, "builtin") as adviser:
        assert adviser.tool.engine == "builtin"
        assert [finding.rule for finding in adviser.check(plan("question: {single: no}")).findings] == ["question.a"]
    with Adviser(knowledge, DAY) as adviser:
        assert adviser.tool.engine == ("durable_rules" if engine_available() else "builtin")
        assert [finding.rule for finding in adviser.check(plan("question: {single: no}")).findings] == ["question.a"]
    monkeypatch.setattr(api, "engine_available", lambda: False)
    monkeypatch.setattr("advisor.engine.inference.engine_available", lambda: False)
    with Adviser(knowledge, DAY) as adviser:
        assert adviser.tool.engine == "builtin"
    with pytest.raises(EngineError):
        Adviser(knowledge, DAY, "durable_rules")


def test_a_rule_by_its_id_or_that_of_one_it_replaced(knowledge: Knowledge) -> None:
    with Adviser(knowledge, DAY, "builtin") as adviser:
        assert [adviser.rule_meant(name) for name in ("question.a", "question.older", "question.old")] == ["question.a"] * 3
        assert [part.rule for part in adviser.why(plan(), "question.old")] == ["question.a"]
        for name in ("question.aa", "question.gone", "nothing.like.it"):
            with pytest.raises(UnknownName) as raised:
                adviser.rule_meant(name)
            likely = " Menade ni question.a?" if name == "question.aa" else raised.value.text("sv").partition(".")[2]
            assert likely in raised.value.text("sv")


def test_load_plan(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("title: Park\n")
    assert load_plan(str(tmp_path / "plan.yaml")).title == "Park"
    (tmp_path / "wrong.yaml").write_text("titel: Park\nfrom: b\n")
    with pytest.raises(PlanError) as raised:
        load_plan(str(tmp_path / "wrong.yaml"))
    assert len(raised.value.problems) == 2
    (tmp_path / "none.jsonl").write_text("")
    for name in ("none.jsonl", "absent.yaml"):
        with pytest.raises(PlanError):
            load_plan(str(tmp_path / name))


def test_a_bad_file_never_stops_the_others(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "a.yaml").write_text("title: A\norganisation: {unit: Gatukontoret}\nquestion: {single: no}\n")
    (tmp_path / "b.yaml").write_text("titel: B\n")
    (tmp_path / "c.jsonl").write_text('{"title": "C"}\n{"title": 1}\n[]\n')
    with Adviser(knowledge, DAY, "builtin") as adviser:
        told = list(check_files([str(tmp_path), str(tmp_path / "absent.yaml")], adviser))
    shown = [(Path(one.path).name, one.title, one.unit, one.assessment and one.assessment.verdict, one.error is not None)
             for one in told]  # fmt: skip
    assert shown == [
        ("a.yaml", "A", "Gatukontoret", "revise", False), ("b.yaml", "", "", None, True), ("c.jsonl:1", "C", "", "ready", False),
        ("c.jsonl:2", "1", "", "ready", False), ("c.jsonl:3", "", "", None, True), ("absent.yaml", "", "", None, True),
    ]  # fmt: skip


def test_a_folder_without_plans_is_wrong_usage(tmp_path: Path, knowledge: Knowledge) -> None:
    with Adviser(knowledge, DAY, "builtin") as adviser, pytest.raises(NoPlans):
        list(check_files([str(tmp_path)], adviser))


def test_what_the_package_offers() -> None:
    for name in ("open_knowledge", "load_plan", "check", "explain"):
        assert getattr(advisor, name) is getattr(api, name)


@pytest.mark.parametrize("engine", ["builtin", "auto"])
def test_a_rule_too_big_is_refused_by_every_engine(engine: Engine, knowledge: Knowledge) -> None:
    facts = ("question.single", "question.decision_makers_open", "influence.binding", "history.mapped")
    others = (FactTest(fact="roles.owner", op="known", value=True), FactTest(fact="topic", op="is", value="care"))
    when = All(all=tuple(AnyOf(any=(FactTest(fact=fact, op="is", value=True), *others)) for fact in facts))
    big = knowledge.rules["question.a"].model_copy(update={"when": when})
    with pytest.raises(KnowledgeError, match=r"rules/question/a\.yaml: villkoret har 81 alternativ"):
        Adviser(knowledge.model_copy(update={"rules": {big.id: big}}), DAY, engine)


def test_a_profile_and_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("id: ours\nextends: minimum\n")
    for profile, expected in ((None, "ours"), ("exemplary", "exemplary")):
        with open_knowledge(as_of=DAY, engine="builtin", profile=profile, rules=str(tmp_path)) as adviser:
            assert adviser.tool.profile == expected
            opening = pickle.loads(pickle.dumps(Opening(DAY, "builtin", profile, str(tmp_path))))
        with open_adviser(opening) as other:
            assert other.tool == adviser.tool
    with pytest.raises(UnknownName):
        open_knowledge(profile="none")
    with pytest.raises(UnknownName):
        open_knowledge(rules=str(tmp_path / "absent"))


def test_a_rule_too_big_is_named_by_its_own_path(tmp_path: Path, knowledge: Knowledge) -> None:
    facts = ("question.single", "question.decision_makers_open", "influence.binding", "history.mapped")
    others = (FactTest(fact="roles.owner", op="known", value=True), FactTest(fact="topic", op="is", value="care"))
    when = All(all=tuple(AnyOf(any=(FactTest(fact=fact, op="is", value=True), *others)) for fact in facts))
    big = knowledge.rules["question.a"].model_copy(update={"when": when})
    (tmp_path / "rules" / "question").mkdir(parents=True)
    (tmp_path / "rules" / "question" / "a.yaml").write_text("")
    with pytest.raises(KnowledgeError) as error:
        Adviser(knowledge.model_copy(update={"rules": {big.id: big}}), DAY, "builtin", rules=f"{tmp_path}/")
    assert error.value.problems[0].path == f"{tmp_path}/rules/question/a.yaml"

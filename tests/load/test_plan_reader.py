"""A document to a plan: every sentence with its place, all at once, and the same plan however it was written."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from advisor.errors import PlanError
from advisor.load.documents import read_json, read_yaml
from advisor.load.open_knowledge import open_shipped_knowledge
from advisor.load.plan_fields import fields
from advisor.load.plan_reader import parse_plan
from advisor.load.refusals import MOST_PROBLEMS
from advisor.load.wording import Wording
from advisor.model.answers import UNKNOWN, AnswerType, FormatAnswer, ListAnswer, Listed
from advisor.model.plan import Goal, ItemsOf, Mandate, Plan, SectionOf

Told = Callable[[str], list[str]]

TOP = ("Fälten där heter: format, title, status, organisation, place, form, topic, statutory, consultation, history, "
       "principles, roles, mandate, resources, question, goals, influence, governance, participation, target_groups, "
       "methods, schedule, communication, documentation, feedback, evaluation, participatory_budget, accepted.")  # fmt: skip
STEPS = ("information (Information), consultation (Konsultation), dialogue (Dialog), influence (Inflytande), "
         "co_decision (Medbeslutande)")  # fmt: skip
SENTENCES = [
    # a field that does not exist
    ("titel: x", "1:1: Fältet «titel» finns inte på översta nivån. Menar ni title (Dialogens namn)?"),
    ("Status: draft", "1:1: Fältet «Status» finns inte på översta nivån. Menar ni status (Dialogens status)?"),
    ("mål: x", "1:1: Fältet «mål» finns inte på översta nivån. Menar ni goals (Mål)?"),
    ("påverkansutrymme: {}",
     "1:1: Fältet «påverkansutrymme» finns inte på översta nivån. Menar ni influence (Påverkansutrymme)?"),
    ("facilitator: neutral",
     "1:1: Fältet «facilitator» finns inte på översta nivån. Det hör hemma här: «roles.facilitator»."),
    ("date: 2026-01-01",
     "1:1: Fältet «date» finns inte på översta nivån. Det hör hemma här: «mandate.date», "
     "«governance.decision_path.date», «feedback.date», «evaluation.date»."),
    ("schedule: {starts: 2026-01-01}",
     "1:12: Fältet «starts» finns inte i avsnittet «schedule». Menar ni start (Dialogens första dag)?"),
    ("mandate:\n  datum: 2026-01-01",
     "2:3: Fältet «datum» finns inte i avsnittet «mandate». Menar ni date (Datum för uppdraget)?"),
    ("goals:\n  - txt: x", "2:5: Fältet «txt» finns inte i listan «goals». Menar ni text (Målets formulering)?"),
    ("roles: {given_by: x}",
     "1:9: Fältet «given_by» finns inte i avsnittet «roles». Det hör hemma här: «mandate.given_by»."),
    ("blaha: x", f"1:1: Fältet «blaha» finns inte på översta nivån. {TOP}"),
    ("organisation: {name:Foo, kind: region}", "1:16: Det saknas ett mellanslag efter kolonet, så här: «name: Foo»."),
    ("goals:\n  - text: x\n    -kind: views",
     "3:5: Det saknas ett mellanslag efter strecket, så här: «- kind: …»."),
    ("goals:\n  -text: x", "2:3: Det saknas ett mellanslag efter strecket, så här: «- text: …»."),
    # options
    ("status: planed",
     "1:9: «planed» är inget svarsalternativ för «status». Menar ni planned (Planerad)? Välj bland: draft (Utkast), "
     "planned (Planerad), ongoing (Pågående), finished (Avslutad)."),
    ("question: {influenceable: delvis}",
     "1:27: «delvis» är inget svarsalternativ för «influenceable». Menar ni partly (Delvis)? Välj bland: fully (Helt), "
     "partly (Delvis), not_at_all (Inte alls)."),
    ("question: {influenceable: Not at all}",
     "1:27: «Not at all» är inget svarsalternativ för «influenceable». Menar ni not_at_all (Inte alls)? Välj bland: "
     "fully (Helt), partly (Delvis), not_at_all (Inte alls)."),
    ("influence: {level: 3}", f"1:20: «3» är inget svarsalternativ för «level». Välj bland: {STEPS}."),
    ("question: {influenceable: ja}",
     "1:27: «influenceable» är ingen ja- eller nej-fråga. Välj bland: fully (Helt), partly (Delvis), not_at_all (Inte "
     "alls)."),
    ("question: {conflict: no}",
     "1:22: «conflict» är ingen ja- eller nej-fråga. Välj bland: none (Ingen konflikt), tension (Spänningar), "
     "open_conflict (Öppen konflikt), threats (Hot förekommer)."),
    ("resources: {level: very_high}",
     "1:20: «very_high» är inget svarsalternativ för «level». Välj bland: low (Små), medium (Medelstora), high "
     "(Stora)."),
    ("statutory: [none, other]",
     "1:13: none (ingen) kan inte stå tillsammans med andra svar i «statutory». Ta bort none eller de andra svaren."),
    ("statutory: [other,\n  none]",
     "2:3: none (ingen) kan inte stå tillsammans med andra svar i «statutory». Ta bort none eller de andra svaren."),
    # yes and no
    ("history: {mapped: kanske}", "1:19: «kanske» är inget svar på «mapped». Svara ja, nej eller unknown (vet inte)."),
    ("history: {mapped: 1}", "1:19: «1» är inget svar på «mapped». Svara ja, nej eller unknown (vet inte)."),
    # numbers
    ("resources: {budget_sek: 250 000 kr}",
     "1:25: «250 000 kr» är inget tal som går att läsa. Skriv bara siffrorna: 250000."),
    ("resources: {budget_sek: 250.000 kr}",
     "1:25: «250.000 kr» är inget tal som går att läsa. Skriv bara siffrorna: 250000."),
    ("participation: {expected: ca 150}", "1:27: «ca 150» är inget tal som går att läsa. Skriv bara siffrorna: 150."),
    ("participation: {expected: 0123}", "1:27: «0123» är inget tal som går att läsa. Skriv bara siffrorna: 123."),
    ("participation: {expected: 1_000}", "1:27: «1_000» är inget tal som går att läsa. Skriv bara siffrorna: 1000."),
    ("participation: {expected: 100-150}", "1:27: «100-150» är inget tal. Skriv bara siffror, till exempel 150."),
    ("resources: {budget_sek: okej}", "1:25: «okej» är inget tal. Skriv bara siffror, till exempel 250000."),
    ("participation: {expected: 1.5}",
     "1:27: «expected» ska vara ett heltal skrivet med siffror, men här står 1.5."),
    ("resources: {staff_hours: -5}", "1:26: «staff_hours» kan inte vara mindre än noll, men här står -5."),
    ("participation: {expected: 1234567890123456789}",
     "1:27: Talet har för många siffror. Ett tal får ha högst 18 siffror."),
    # dates
    ("mandate: {date: 3/2}", "1:17: «3/2» saknar år. Skriv år-månad-dag, till exempel 2026-02-03."),
    ("mandate: {date: 3/2 2026}", "1:17: «3/2 2026» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
    ("mandate: {date: 2026-2-3}", "1:17: «2026-2-3» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
    ("mandate: {date: 20260203}", "1:17: «20260203» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
    ("mandate: {date: 3 februari}", "1:17: «3 februari» saknar år. Skriv år-månad-dag, till exempel 2026-02-03."),
    ("mandate: {date: 2026-02-30}", "1:17: Datumet «2026-02-30» finns inte: månaden har 28 dagar."),
    # lists
    ("roles: {departments: Barn och utbildning; Kultur}",
     "1:22: «departments» är en lista. Skriv svaren inom hakparenteser, «departments: [Barn och utbildning, Kultur]», "
     "eller ett på varje rad efter streck och mellanslag."),
    ("question: {affects: barn}",
     "1:21: «affects» är en lista. Skriv svaren inom hakparenteser, «affects: [children]», eller ett på varje rad "
     "efter streck och mellanslag."),
    ("question: {open: 'a: b'}",
     "1:18: «open» är en lista. Skriv svaren inom hakparenteser, «open: [\"a: b\"]», eller ett på varje rad efter "
     "streck och mellanslag."),
    ("question:\n  open:\n    -Skolor\n    -Fritid",
     "3:5: Det saknas ett mellanslag efter strecket. Skriv ett svar på varje rad, så här: «- Skolor»."),
    ("question: {complexity_signs: none}",
     "1:30: «complexity_signs» är en lista. Är svaret inga? Skriv en tom lista: «complexity_signs: []»."),
    ("question: {complexity_signs: [inga]}",
     "1:31: «complexity_signs» är en lista. Är svaret inga? Skriv en tom lista: «complexity_signs: []»."),
    ("question: {open: {a: b}}",
     "1:18: «open» är en lista, inte ett avsnitt med egna fält. Skriv svaren inom hakparenteser eller ett på varje rad "
     "efter streck och mellanslag."),
    ("topic: [school]", "1:8: «topic» ska ha ett enda svar, inte en lista. Skriv svaret direkt efter kolonet."),
    ("question: {open: [[a]]}", "1:19: Här står en lista inne i listan «open». Skriv varje svar för sig."),
    ("question:\n  open:\n    - Skolan: en fråga",
     "3:7: Texten innehåller ett kolon. Sätt hela texten inom citattecken: \"Skolan: en fråga\"."),
    ("topic: {school: yes}", "1:8: «topic» ska ha ett svar, inte egna fält. Skriv svaret direkt efter kolonet."),
    ("goals: Bättre skola",
     "1:8: «goals» är en lista. Sätt ett streck före varje punkt, till exempel «- text: Bättre skola». Fälten är: text, "
     "kind, states, measurable."),
    ("methods: {method: x}",
     "1:10: «methods» är en lista. Sätt ett streck före varje punkt, till exempel «- method: …». Fälten är: method, "
     "groups, participants, sessions, start, end, format, level, step, venue."),
    ("governance: {decision_path: [Kommunstyrelsen]}",
     "1:30: Varje punkt i listan «decision_path» ska ha egna fält, till exempel «- body: Kommunstyrelsen». Fälten är: "
     "body, role, date."),
    ("goals:\n  - text:Skola", "2:5: Det saknas ett mellanslag efter kolonet, så här: «text: Skola»."),
    ("goals: [[a]]", "1:9: Här står en lista inne i listan «goals». Ta bort ett streck eller en hakparentes."),
    # sections
    ("organisation: Exempelkommun",
     "1:15: «organisation» är ett avsnitt med egna fält: name, kind, unit. Skriv varje fält på en egen rad med indrag, "
     "till exempel «name: …»."),
    ("organisation:\n  name:Foo", "2:3: Det saknas ett mellanslag efter kolonet, så här: «name: Foo»."),
    ("organisation: [name]",
     "1:15: «organisation» är ett avsnitt, inte en lista. Ta bort strecken och skriv varje fält på en egen rad: name, "
     "kind, unit."),
    # the file
    ("format: ett", "1:9: «format» ska vara 1, men här står «ett»."),
    ("format: 2\nblaha: x",
     "1:9: Planen är skriven i format 2, men den här versionen av dialoglots läser format 1. En nyare version kan "
     "kanske läsa planen."),
    ("- title: x",
     "1:1: Filen är en lista, men ska vara en plan. Ta bort strecken eller hakparenteserna på översta nivån. Flera "
     "planer sparas i var sin fil."),
    ("title:Skolan", "1:1: Det saknas ett mellanslag efter kolonet, så här: «title: Skolan»."),
    ("Vi vill ha en dialog.",
     "1:1: Filen är ingen plan. En plan består av fält med namn, kolon och svar, till exempel «title: Ny "
     "skolstruktur»."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), SENTENCES, ids=[text.replace("\n", "|") for text, _ in SENTENCES])
def test_sentence(told: Told, text: str, sentence: str) -> None:
    assert told(text) == [sentence]


def test_without_words_only_names_are_told() -> None:
    with pytest.raises(PlanError) as caught:
        parse_plan(read_yaml("titel: x\nstatus: planed\n", "plan.yaml"))
    assert caught.value.text("sv") == (
        "plan.yaml:1:1: Fältet «titel» finns inte på översta nivån. Menar ni title?\n"
        "plan.yaml:2:9: «planed» är inget svarsalternativ för «status». Menar ni planned? Välj bland: draft, planned, "
        "ongoing, finished."
    )


def test_labels_follow_the_language(words: Wording) -> None:
    with pytest.raises(PlanError) as caught:
        parse_plan(read_yaml("question: {influenceable: delvis}", "p"), words)
    assert "partly (Partly)" in caught.value.problems[0].text("en")


def test_all_problems_at_once_in_file_order(told: Told) -> None:
    text = """\
titel: x
goals:
  - {text: a, kind: åsikter, measurable: kanske}
  - unknown
  - b
question:
  affects: [barn, [x], youth, foo]
  influenceable: hel
target_groups:
  - {name: Elever}
  - {name: elever, size: många}
status: klar
methods:
  - {groups: [Elver], start: 3/2, venue: kyrka}
mandate: {date: 2026-02-30}
"""
    places = [one.split(": ")[0] for one in told(text)]
    assert places == ["1:1", "3:21", "3:42", "5:5", "7:13", "7:19", "7:31", "8:18", "11:12", "11:26", "12:9", "14:15",
                      "14:30", "14:42", "15:17"]  # fmt: skip


def test_json_has_the_same_sentences_at_its_own_places(told: Told, told_json: Told) -> None:
    for text, _ in SENTENCES:
        document = read_yaml(text, "p").data
        if isinstance(document, (dict, list)):
            strip = lambda problems: sorted(one.split(": ", 1)[1] for one in problems)  # noqa: E731
            assert strip(told_json(json.dumps(document))) == strip(told(text))
    assert told_json('{"title": "a",\n "status": true, "place": ["x"]}') == [
        "2:12: «status» är ingen ja- eller nej-fråga. Välj bland: draft (Utkast), planned (Planerad), ongoing "
        "(Pågående), finished (Avslutad).",
        "2:27: «place» ska ha ett enda svar, inte en lista. Skriv svaret direkt efter kolonet.",
    ]


def test_very_many_problems_are_counted() -> None:
    text = "\n".join(f"fel_{number}: x" for number in range(MOST_PROBLEMS + 7))
    with pytest.raises(PlanError) as caught:
        parse_plan(read_yaml(text, "p"))
    assert len(caught.value.problems) == MOST_PROBLEMS + 1
    assert caught.value.problems[-1].text("sv") == (
        "p: Filen har ännu fler fel (7). De visas när de här är rättade."
    )


@pytest.mark.parametrize("text", ["", "null", "{}", "# x\n", "mandate: {}", "mandate:\n", "goals: []", "goals: [{}]",
                                  "goals: [null, {text: }]", "title: ''", "title: '  '", "roles: {departments: []}",
                                  "mandate: {date: , given_by: }", "x_own: {a: [b]}"])  # fmt: skip
def test_an_empty_plan(text: str) -> None:
    assert parse_plan(read_yaml(text, "p")) == Plan()


def test_the_whole_example_reads(full_plan: str, words: Wording) -> None:
    plan = parse_plan(read_yaml(full_plan, "p"), words)
    assert plan.statutory == Listed(())
    assert isinstance(plan.mandate, Mandate)
    assert plan.mandate.date == datetime.date(2026, 2, 3)
    assert isinstance(plan.goals, tuple)
    assert isinstance(plan.goals[0], Goal)
    assert plan.goals[0].measurable is True
    assert plan.consultation is None
    unanswered = {("consultation",), ("participatory_budget",), ("participation", "age_min"),
                  ("participation", "age_max"), ("participation", "age_reason"), ("methods", "venue"),
                  ("accepted", "item")}  # fmt: skip
    assert {path for path in fields() if not answers_at(plan, path)} == {
        path for path in fields() if any(path[: len(one)] == one for one in unanswered)
    }


def answers_at(value: Any, path: tuple[str, ...]) -> list[Any]:
    """The answers given to a field; for a field of items one for each item that answers it."""
    if value is None or value is UNKNOWN:
        return []
    if isinstance(value, tuple) and not isinstance(value, Listed) and path:
        return [answer for item in value for answer in answers_at(item, path)]
    return answers_at(getattr(value, path[0]), path[1:]) if path else [value]


def test_yaml_and_json_are_one(full_plan: str) -> None:
    """Also with the numbers, booleans and dates that other programs would see in the YAML."""
    plan = parse_plan(read_yaml(full_plan, "p"))
    as_text = json.dumps(read_yaml(full_plan, "p").data)
    as_others_see_it = json.dumps(yaml.safe_load(full_plan), default=str, ensure_ascii=False, indent=2)
    typed = json.dumps(read_yaml(full_plan, "p", typed=True).data)
    for text in (as_text, as_others_see_it, typed):
        assert parse_plan(read_json(text, "p")) == plan


def test_quoted_or_not_is_one(full_plan: str) -> None:
    data = json.loads(json.dumps(read_yaml(full_plan, "p").data).replace("null", '""'))
    for style in ("'", '"', None):
        dumped = yaml.dump(data, default_style=style, allow_unicode=True, width=10_000)
        assert parse_plan(read_yaml(dumped, "p")) == parse_plan(read_yaml(full_plan, "p"))


def nested(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """A plan that answers one field."""
    for end in range(len(path) - 1, -1, -1):
        value = {path[end]: value}
        if end and isinstance(fields()[path[:end]], ItemsOf):
            value = [value]
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("word", ["unknown", "Okänt", "VET EJ", " ej  bestämt "])
def test_unknown_everywhere(word: str) -> None:
    for path, field in fields().items():
        plan = parse_plan(read_json(json.dumps(nested(path, word)), "p"))
        assert answers_in(plan, path) == [UNKNOWN], path
        if isinstance(field, ListAnswer):
            plan = parse_plan(read_json(json.dumps(nested(path, [word])), "p"))
            assert answers_in(plan, path) == [Listed((), 1)], path
        if isinstance(field, ItemsOf):
            plan = parse_plan(read_json(json.dumps(nested(path, [word])), "p"))
            assert answers_in(plan, path) == [(UNKNOWN,)], path


def answers_in(value: Any, path: tuple[str, ...]) -> list[Any]:
    if not path:
        return [value]
    if isinstance(value, tuple):
        return [answer for item in value for answer in answers_in(item, path)]
    return answers_in(getattr(value, path[0]), path[1:])


def test_nothing_everywhere() -> None:
    for path, field in fields().items():
        for nothing in (None, "", " \n", *([[None, ""]] if isinstance(field, (ListAnswer, ItemsOf)) else ())):
            assert parse_plan(read_json(json.dumps(nested(path, nothing)), "p")) == Plan(), path


def test_own_fields_everywhere() -> None:
    own = {"x_a": [{"b": None}], "x_": "", "x_åäö": True}
    assert parse_plan(read_json(json.dumps(own), "p")) == Plan()
    for path, field in fields().items():
        if isinstance(field, (SectionOf, ItemsOf)):
            value: Any = own if isinstance(field, SectionOf) else [own]
            assert parse_plan(read_json(json.dumps(nested(path, value)), "p")) == Plan(), path


def test_every_field_refuses_lists_and_fields_where_they_do_not_belong(told_json: Told) -> None:
    for path, field in fields().items():
        for junk in ({"zzz": 1}, [[["a"]]], [{"zzz": {}}]):
            if isinstance(field, (AnswerType, SectionOf, ItemsOf)):
                assert told_json(json.dumps(nested(path, junk))), path


@pytest.mark.parametrize("text", ["1", "1.0", "'1'", "1,00", "unknown", ""])
def test_this_format(text: str) -> None:
    assert parse_plan(read_yaml(f"format: {text}", "p")).format in (1, UNKNOWN, None)


@pytest.mark.parametrize("text", ["2", "1.1", "10", "'3'", "2.0"])
def test_a_newer_format_is_all_that_is_told(told: Told, text: str) -> None:
    [sentence] = told(f"blaha: x\nformat: {text}\nstatus: y\nmethods: [{{groups: [a]}}]")
    assert sentence.startswith(f"2:9: Planen är skriven i format {text.strip(chr(39))}, men den här versionen")


def test_format_is_the_only_answer_outside_the_facts() -> None:
    assert [path for path, field in fields().items() if isinstance(field, FormatAnswer)] == [("format",)]


def test_the_users_text_is_short_and_harmless(told_json: Told) -> None:
    [sentence] = told_json(json.dumps({"status": "\u202e\x1b[31m" + "x" * 500}))
    assert "\u202e" not in sentence
    assert "\x1b" not in sentence
    assert "«\ufffd\ufffd[31mxxx" in sentence
    assert "x…»" in sentence


def test_braces_in_the_users_text(told: Told) -> None:
    assert told("status: '{x} {0}'")[0].startswith("1:9: «{x} {0}» är inget svarsalternativ")


@pytest.mark.parametrize(
    ("written", "step"),
    [("Samarbete", "influence"), ("förankring (konsultation)", "consultation"), ("Medbestämmande", "co_decision"),
     ("EMPOWER", "co_decision"), ("involve", "dialogue"), ("Dialog", "dialogue"), ("dialogue", "dialogue")],
)  # fmt: skip
def test_a_step_of_the_ladder_is_read_by_the_names_that_publications_give_it(written: str, step: str) -> None:
    text = (f"influence: {{level: {written}}}\nmandate: {{highest_level: {written}}}\n"
            f"methods: [{{method: x, level: {written}}}, unknown]")  # fmt: skip
    plan = parse_plan(read_yaml(text, "p"), open_shipped_knowledge("names"))
    assert plan.influence.level == plan.mandate.highest_level == plan.methods[0].level == step  # type: ignore[union-attr]


def test_a_step_that_nobody_names_so_is_wrong(told: Told) -> None:
    assert told("influence: {level: samverkan}")[0].startswith("1:20: ")

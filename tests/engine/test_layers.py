"""The rulebook made ready for a day."""

from small_knowledge import AS_OF, gate, parameter, rule, rulebook

RULES = (
    rule("question.read", "{fact: question.single, is: false}"),
    rule("context.hot", "{finding: question.read, present: true}", concludes="context.hot"),
    rule("context.hot_too", "{fact: question.conflict, is: threats}", concludes="context.hot"),
    rule("roles.reads", "{all: [{fact: context.hot, is: true}, {fact: roles.owner, known: false}]}"),
    rule("law.reads", "{fact: question.single, is: true}", applies="{finding: roles.reads, present: false}"),
)


def test_a_rule_runs_after_all_it_reads() -> None:
    book = rulebook(*RULES)
    assert [{unit.rule.id for unit in layer} for layer in book.layers] == [
        {"question.read", "context.hot_too"}, {"context.hot"}, {"roles.reads"}, {"law.reads"}]  # fmt: skip
    read_later = {unit.rule.id for layer in book.layers for unit in layer if unit.read_later}
    assert read_later == {"question.read", "context.hot", "context.hot_too", "roles.reads"}


def test_rules_in_working_order() -> None:
    assert list(rulebook(*RULES).knowledge.rules) == [
        "question.read", "roles.reads", "law.reads", "context.hot", "context.hot_too"]  # fmt: skip


def test_a_rule_in_force_later_is_silenced_until_its_day() -> None:
    later = rule("question.later", "{fact: question.single, is: false}", valid_from=AS_OF)
    assert rulebook(later, as_of="2026-11-22").silenced == {"question.later"}
    assert rulebook(later, as_of=AS_OF).silenced == frozenset()


def test_parameters_have_the_value_of_the_day() -> None:
    parameters = [parameter("limit", ("2026-06-01", 6), ("2020-01-01", 4))]
    for day, value in (("2019-12-31", None), ("2020-01-01", 4), ("2026-05-31", 4), ("2026-06-01", 6), ("2030-01-01", 6)):
        assert rulebook(as_of=day, parameters=parameters).scope(None).parameters == {"limit": value}


def test_a_method_rule_that_raises_findings_is_judged_both_for_the_catalogue_and_for_planned_methods() -> None:
    ranks = rule("methods.ranks", "{fact: item.cost, is: low}", criterion="means", weighs=1)
    warns = rule("methods.warns", "{fact: item.cost, is: high}", criterion="means", excludes=True, severity="fix")
    book = rulebook(ranks, warns, *gate())
    assert [test.rule.id for test in book.method_tests] == ["methods.ranks", "methods.warns"]
    assert [(unit.rule.id, unit.of) for layer in book.layers for unit in layer if unit.rule.area == "methods"] == [
        ("methods.warns", "methods")]  # fmt: skip


def test_what_a_method_rule_remembers_by() -> None:
    when = """
        all: [{fact: item.levels, includes: {fact: influence.level}}, {fact: context.hot, is: false},
              {finding: question.read, present: false}, {some: target_groups, where: {fact: each.size, above: 2}}]
    """
    book = rulebook(*RULES, rule("methods.ranks", when, criterion="level", weighs=1, applies="{fact: form, is: information}"))
    assert book.method_tests[0].reads == ("context.hot", "finding:question.read", "form", "influence.level", "target_groups")


def test_the_engine_gets_every_rule_that_is_not_about_ranking() -> None:
    rules = rulebook(*RULES, rule("goals.each", "{fact: item.measurable, is: false}", for_each="goals")).engine_rules()
    told = {layer: [(one.id, one.denial) for one in of_layer] for layer, of_layer in rules.items()}
    assert told == {
        (0, None): [("question.read", True), ("context.hot_too", True)], (0, "goals"): [("goals.each", False)],
        (1, None): [("context.hot", True)], (2, None): [("roles.reads", True)], (3, None): [("law.reads", False)],
    }  # fmt: skip

"""The rule and knowledge files as they lie on disk."""

from pathlib import Path

from small_knowledge import DEFAULTS, files, rule

from advisor.load.data_files import DataFile, data_files, fingerprint


def test_what_is_read_and_what_is_not(tmp_path: Path) -> None:
    for name in ("knowledge/areas.yaml", "knowledge/examples/a.yaml", "rules/law/a.yaml", "rules/law/readme.md", "other/a.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("[]")
    assert [one.name for one in data_files(tmp_path)] == ["knowledge/areas.yaml", "rules/law/a.yaml"]


def test_the_fingerprint_follows_names_and_content() -> None:
    prints = {fingerprint(one) for one in (
        files(), files(rule("law.a", "{fact: form, known: true}")), files(rule("law.b", "{fact: form, known: true}")),
        files(areas=DEFAULTS["knowledge/areas.yaml"][:3]))}  # fmt: skip
    assert len(prints) == 4
    assert fingerprint(files()) == fingerprint(files())


def test_a_file_knows_whether_it_holds_a_rule() -> None:
    assert DataFile("rules/law/a.yaml", b"").is_rule
    assert not DataFile("knowledge/rules.yaml", b"").is_rule
    assert DataFile("knowledge/a.yaml", b"- {id: a, yes: true, n: 1}").document().data == [{"id": "a", "yes": True, "n": 1}]

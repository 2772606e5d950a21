"""The rule and knowledge files as they lie on disk."""

import os
from pathlib import Path
from typing import Any

import pytest
from small_knowledge import DEFAULTS, files, rule

from advisor.errors import KnowledgeError, UnknownName
from advisor.load.data_files import DataFile, data_files, fingerprint, own_files


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


def made(folder: Path, *names: str) -> None:
    """Empty files below a folder; a name that ends with / is a folder."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            (folder / name).mkdir(exist_ok=True)
        else:
            (folder / name).write_text("[]")


def refused(found: list[DataFile]) -> list[str]:
    """What is refused and why."""
    return [f"{one.path}: {one.refused.text('sv')}" for one in found if one.refused is not None]


ENDING = "filen läses inte: namnet ska sluta på .yaml"


def test_a_file_with_another_ending_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    made(tmp_path, "rules/law/a.yml", "rules/law/b.yaml.txt", "knowledge/areas.json", "rules/law/C.YAML", "rules/law/.d.yml",
         "rules/law/e.yaml~", "knowledge/examples/plan.yml", "rules/law/notes.md")  # fmt: skip
    found = data_files(tmp_path)
    names = ("knowledge/areas.json", "rules/law/C.YAML", "rules/law/a.yml", "rules/law/b.yaml.txt")
    assert refused(found) == [f"{name}: {ENDING}" for name in names]
    assert not any(one.is_rule for one in found)
    with pytest.raises(KnowledgeError, match=ENDING):
        found[0].document()


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "rules/law/a.yaml", "rules/goals/b.yaml")
    scandir = os.scandir

    def without(path: Path) -> Any:
        if Path(path).name == "goals":
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", without)
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError()))
    assert refused(data_files(tmp_path)) == ["rules/goals/: går inte att läsa", "rules/law/a.yaml: går inte att läsa"]


def test_an_own_folder_with_everything(tmp_path: Path) -> None:
    made(tmp_path, "rules/law/a.yaml", "knowledge/sources.yaml", "profile.yaml", "README.md", "knowledge/examples/a.yaml")
    found = own_files(f"{tmp_path}/")
    assert [one.name for one in found] == ["knowledge/sources.yaml", "profile.yaml", "rules/law/a.yaml"]
    assert [one.path for one in found] == [f"{tmp_path}/{one.name}" for one in found]
    assert refused(found) == [] and all(one.own for one in found)


def test_what_an_own_folder_may_not_hold(tmp_path: Path) -> None:
    made(tmp_path, "rule/", "planer/", "profil.yaml", "profile.yml", "plan.yaml", "rules/law/a.yml")
    said = [one.removeprefix(f"{tmp_path}/") for one in refused(own_files(str(tmp_path)))]
    assert said == [
        "plan.yaml: filen läses inte: den ska ligga i mappen «rules» eller «knowledge»",
        "planer/: mappen läses inte: här får finnas «rules» och «knowledge»",
        "profil.yaml: filen läses inte: menade ni «profile.yaml»?",
        "profile.yml: filen läses inte: menade ni «profile.yaml»?",
        "rule/: mappen läses inte: menade ni «rules/»?",
        f"rules/law/a.yml: {ENDING}",
    ]


def test_an_own_folder_that_is_none(tmp_path: Path) -> None:
    made(tmp_path, "file", "empty/", "others/README.md", "hollow/rules/")
    for name, expected in (("absent", "Mappen finns inte."), ("file", "Det här är ingen mapp."), ("empty", "Mappen är tom."),
                           ("others", "Mappen är tom."), ("hollow", "Mappen är tom.")):  # fmt: skip
        with pytest.raises(UnknownName, match=expected):
            own_files(str(tmp_path / name))


def test_a_folder_that_leads_back_to_itself_is_read_once(tmp_path: Path) -> None:
    made(tmp_path, "rules/law/a.yaml")
    try:
        (tmp_path / "rules" / "again").symlink_to(tmp_path / "rules")
    except OSError:
        pytest.skip("no symbolic links here")
    assert [one.name for one in data_files(tmp_path)] == ["rules/law/a.yaml"]


def test_the_fingerprint_tells_an_own_file_from_a_shipped_one() -> None:
    assert fingerprint([DataFile("rules/law/a.yaml", b"x")]) != fingerprint([DataFile("rules/law/a.yaml", b"x", own=True)])

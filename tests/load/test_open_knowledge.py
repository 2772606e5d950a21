"""The knowledge from its cache, and without one: architecture, section 8."""

from pathlib import Path

import pytest
from small_knowledge import files, rule

from advisor.errors import KnowledgeError, UnknownName
from advisor.load import knowledge_files as module
from advisor.load.open_knowledge import cache_folder, open_knowledge_in, open_shipped_knowledge, profile_meant
from advisor.load.resources import data_folder
from advisor.model.profile import Profile

RULE = rule("law.a", "{all: [{fact: consultation.weeks, above: {parameter: limit}}, {fact: topic, one_of: [care, school]}]}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small knowledge base."""
    for file in files(RULE):
        path = tmp_path / "data" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return tmp_path / "data"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("DIALOGLOTS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The versions for which the files were read, each time they were."""
    versions: list[str] = []
    original = module.read_knowledge

    def noted(files, version):  # type: ignore[no-untyped-def]
        versions.append(version)
        return original(files, version)

    monkeypatch.setattr(module, "read_knowledge", noted)
    return versions


def test_the_cache_gives_the_same_knowledge(folder: Path, cache: Path, read: list[str]) -> None:
    first, second = open_knowledge_in(folder, "1"), open_knowledge_in(folder, "1")
    assert first == second
    assert second.rules["law.a"].when == first.rules["law.a"].when
    assert list(second.rules) == list(first.rules)
    assert read == ["1"]
    assert len(list(cache.iterdir())) == 1


def test_another_version_or_content_is_read_anew(folder: Path, cache: Path, read: list[str]) -> None:
    open_knowledge_in(folder, "1")
    open_knowledge_in(folder, "2")
    rule_file = folder / "rules" / "law" / "a.yaml"
    rule_file.write_text(rule_file.read_text().replace("care", "housing"))
    changed = open_knowledge_in(folder, "2")
    assert "housing" in changed.rules["law.a"].when.model_dump_json()
    assert read == ["1", "2", "2"]
    assert len(list(cache.iterdir())) == 3


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"{}", b"[" * 100_000])
def test_a_damaged_cache_is_ignored_and_mended(damage: bytes, folder: Path, cache: Path, read: list[str]) -> None:
    whole = open_knowledge_in(folder, "1")
    [file] = cache.iterdir()
    file.write_bytes(damage)
    assert open_knowledge_in(folder, "1") == whole
    assert open_knowledge_in(folder, "1") == whole
    assert read == ["1", "1"]


def test_a_cache_that_is_cut_off_or_another_knowledge_base_is_ignored(folder: Path, cache: Path, read: list[str]) -> None:
    whole = open_knowledge_in(folder, "1")
    [file] = cache.iterdir()
    content = file.read_bytes()
    other_content, other_version = (whole.sha256.encode(), b"0" * 64), (b'"version":"1"', b'"version":"0"')
    for wrong in (content[:-100], content.replace(*other_content), content.replace(*other_version)):
        file.write_bytes(wrong)
        assert open_knowledge_in(folder, "1") == whole
    assert len(read) == 4


def test_a_cache_that_cannot_be_written_is_done_without(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "taken").mkdir()
    for cache in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nowhere")):
        monkeypatch.setenv("DIALOGLOTS_CACHE", str(cache))
        assert list(open_knowledge_in(folder, "1").rules) == ["law.a"]


def test_a_folder_where_the_cache_file_should_be_is_done_without(folder: Path, cache: Path) -> None:
    whole = open_knowledge_in(folder, "1")
    [file] = cache.iterdir()
    file.unlink()
    file.mkdir()
    assert open_knowledge_in(folder, "1") == whole
    assert [one.name for one in cache.iterdir()] == [file.name]


def test_old_caches_are_cleared_away(folder: Path, cache: Path) -> None:
    for version in range(7):
        open_knowledge_in(folder, str(version))
    assert len(list(cache.iterdir())) == 4
    assert any(one.name.startswith("knowledge-6-") for one in cache.iterdir())


def test_wrong_knowledge_is_never_cached(folder: Path, cache: Path) -> None:
    (folder / "rules" / "law" / "a.yaml").write_text("id: law.a\n")
    for _ in range(2):
        with pytest.raises(KnowledgeError, match=r"rules/law/a\.yaml:1:1: nyckeln «when» saknas"):
            open_knowledge_in(folder, "1")
    assert not cache.exists()


def test_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIALOGLOTS_CACHE")
    assert cache_folder().name in ("dialoglots", "Cache")


def test_the_shipped_knowledge_survives_its_cache(cache: Path, read: list[str]) -> None:
    assert (data_folder() / "rules").is_dir()
    assert open_shipped_knowledge("1") == open_shipped_knowledge("1")
    assert read == ["1"]


def test_no_rules_is_an_error_and_not_a_clean_bill(folder: Path, cache: Path) -> None:
    (folder / "rules" / "law" / "a.yaml").unlink()
    with pytest.raises(KnowledgeError, match="inga regler"):
        open_knowledge_in(folder, "1")


def test_an_own_folder_is_part_of_the_cache_key(folder: Path, cache: Path, read: list[str], tmp_path: Path) -> None:
    ours = tmp_path / "var"
    ours.mkdir()
    (ours / "profile.yaml").write_text("id: ours\n")
    shipped = open_knowledge_in(folder, "1")
    own = open_knowledge_in(folder, "1", str(ours))
    assert open_knowledge_in(folder, "1", str(ours)) == own
    assert (own.own_profile, shipped.own_profile) == ("ours", None)
    assert own.sha256 != shipped.sha256
    (ours / "profile.yaml").write_text("id: ours\nextends: standard\n")
    assert open_knowledge_in(folder, "1", str(ours)).sha256 != own.sha256
    assert read == ["1"] * 3
    assert len(list(cache.iterdir())) == 3


def test_the_profile_that_is_meant(folder: Path, cache: Path) -> None:
    shipped = open_knowledge_in(folder, "1")
    ours = shipped.model_copy(update={"profiles": {"low": Profile(id="low"), "ours": Profile(id="ours")}, "own_profile": "ours"})
    assert [profile_meant(one, None) for one in (shipped, ours)] == ["standard", "ours"]
    assert [profile_meant(ours, name) for name in ("standard", "low")] == ["standard", "low"]
    for name, expected in (("standrad", "Menade ni standard"), ("x", "Välj en av: low, ours, standard.")):
        with pytest.raises(UnknownName) as error:
            profile_meant(ours, name)
        assert expected in error.value.text("sv")

"""Profile files: which rules a profile switches off or takes more or less strictly, and why (rule language, section 7)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from advisor.i18n import N_
from advisor.load.documents import Document, Loc
from advisor.load.problems import Problems
from advisor.model.knowledge import Knowledge
from advisor.model.profile import STANDARD, Profile
from advisor.model.rule import Rule

_SEVERITIES: Final = ("stop", "fix", "advice")


class _Entry(NamedTuple):
    """A profile as it stands in a file, and where."""

    data: dict[Any, Any]
    document: Document
    loc: Loc

    @property
    def id(self) -> str:
        """The id it was given."""
        return str(self.data.get("id"))


def read_profiles(
    shipped: Document | None, own: Document | None, knowledge: Knowledge, rules: Iterable[str], problems: Problems
) -> tuple[dict[str, Profile], str | None]:
    """The profiles by id, in the order of the files, and the id of the user's own; what is wrong is noted.

    ``shipped`` holds a list of profiles, ``own`` one. ``rules`` are the ids of all rule files, also of those that are wrong.
    """
    entries = [*_listed(shipped, problems), *_single(own, problems)]
    found: dict[str, Profile] = {}
    places: dict[str, _Entry] = {}
    checker = _Checker(knowledge, tuple(rules), problems)
    for entry in entries:
        checker.check(entry)
        known = {key: value for key, value in entry.data.items() if key not in ("off", "severity")}
        profile = problems.read(Profile, known, entry.document, entry.loc, checker.readable(entry))
        if entry.id in places:
            first = places[entry.id]
            line, _ = first.document.position((*first.loc, "id"))
            problems.add(entry.document, (*entry.loc, "id"), N_("«{id}» finns redan i {place}: välj ett annat id"),
                         id=entry.id, place=f"{first.document.path}:{line}")  # fmt: skip
        elif "id" in entry.data:
            places[entry.id] = entry
            if profile is not None:
                found[profile.id] = profile
    _check_extends(entries, places, problems)
    own_id = next((entry.id for entry in entries if entry.document is own), None)
    return found, own_id


def _listed(document: Document | None, problems: Problems) -> list[_Entry]:
    if document is None or document.data is None:
        return []
    if not isinstance(document.data, list):
        problems.add(document, (), N_("filen ska innehålla en lista där varje post börjar med «- id:»"))
        return []
    return [entry for place, data in enumerate(document.data) for entry in _entry(data, document, (place,), problems)]


def _single(document: Document | None, problems: Problems) -> list[_Entry]:
    return [] if document is None else _entry(document.data, document, (), problems)


def _entry(data: Any, document: Document, loc: Loc, problems: Problems) -> list[_Entry]:
    if isinstance(data, dict):
        return [_Entry(data, document, loc)]
    problems.add(document, loc, N_("här ska stå nycklar och värden, till exempel «id: …»"))
    return []


class _Checker:
    """Checks what profiles say of rules. A rule that could not be read itself is taken on trust."""

    def __init__(self, knowledge: Knowledge, rules: tuple[str, ...], problems: Problems) -> None:
        self.knowledge = knowledge
        self.rules = rules
        self.problems = problems

    def check(self, entry: _Entry) -> None:
        """Notes everything that is wrong with what a profile switches off or takes otherwise."""
        off, severity = entry.data.get("off"), entry.data.get("severity")
        for place, name in enumerate(off if isinstance(off, list) else ()):
            self._off(entry, (*entry.loc, "off", place), name)
        for name, level in severity.items() if isinstance(severity, dict) else ():
            self._severity(entry, (*entry.loc, "severity", name), name, level)
            if isinstance(off, list) and name in off:
                sentence = N_("«{rule}» är avstängd i samma profil och kan inte också få ett allvar")
                self.problems.add(entry.document, (*entry.loc, "severity", name), sentence, at_key=True, rule=name)
        if (off or severity) and not entry.data.get("reason"):
            self.problems.add(entry.document, entry.loc,
                              N_("profilen ändrar regler och ska säga varför: nyckeln «reason» saknas"))  # fmt: skip

    def readable(self, entry: _Entry) -> Mapping[str, Any]:
        """``off`` and ``severity`` without what ``check`` has noted."""
        given: dict[str, Any] = {key: entry.data[key] for key in ("off", "severity") if key in entry.data}
        if isinstance(given.get("off"), list):
            given["off"] = [one for one in given["off"] if isinstance(one, str)]
        if isinstance(given.get("severity"), dict):
            given["severity"] = {name: level for name, level in given["severity"].items() if level in _SEVERITIES}
        return given

    def _rule(self, entry: _Entry, loc: Loc, name: object, *, at_key: bool) -> Rule | None:
        """The rule named, where it was read; an unknown one is noted. A retired rule stands for its replacement."""
        now = self.knowledge.rule_now(name) if isinstance(name, str) else ""
        if now not in self.rules and not self.problems.names_unsure and now not in self.problems.wrong_themselves:
            self.problems.unknown(entry.document, loc, N_("okänd regel"), name, self.rules, at_key=at_key)
        return self.knowledge.rules.get(now)

    def _off(self, entry: _Entry, loc: Loc, name: object) -> None:
        rule = self._rule(entry, loc, name, at_key=False)
        if rule is not None and rule.concludes is not None:
            sentence = N_("«{rule}» drar en slutsats som andra regler läser, och kan inte stängas av")
            self.problems.add(entry.document, loc, sentence, rule=name)

    def _severity(self, entry: _Entry, loc: Loc, name: object, level: object) -> None:
        rule = self._rule(entry, loc, name, at_key=True)
        add, document = self.problems.add, entry.document
        if level not in _SEVERITIES:
            self.problems.unknown(document, loc, N_("okänt allvar"), level, _SEVERITIES, fixed=True)
        if rule is None:
            return
        if rule.severity is None:
            add(document, loc, N_("«{rule}» ger inget påpekande och har inget allvar att ändra"), rule=name, at_key=True)
        elif level == "stop" and rule.gap:
            add(document, loc, N_("«{rule}» bygger på «known»: något som saknas kan inte vara ett stopp"), rule=name)
        elif level == "stop" and rule.alternative is None:
            add(document, loc, N_("«{rule}» har ingen «alternative», och ett stopp ska säga vad ni gör i stället"), rule=name)


def _check_extends(entries: Iterable[_Entry], by_id: Mapping[str, _Entry], problems: Problems) -> None:
    """What a profile extends must exist, and no profile may extend itself by way of others."""
    for entry in entries:
        base = entry.data.get("extends")
        if isinstance(base, str) and base not in by_id and base != STANDARD:
            problems.unknown(entry.document, (*entry.loc, "extends"), N_("okänd profil"), base, (*by_id, STANDARD), fixed=True)
    told: set[str] = set()
    for name, entry in by_id.items():
        path, base = [name], entry.data.get("extends")
        while isinstance(base, str) and base in by_id and base not in path:
            path.append(base)
            base = by_id[base].data.get("extends")
        if base == name and name not in told:
            told.update(path)
            problems.add(entry.document, (*entry.loc, "extends"), N_("profilerna bygger på varandra i en ring: {ring}"),
                         ring=" -> ".join((*path, name)))  # fmt: skip

"""Knowledge files: read, checked against one another, and handed over as one Knowledge."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from advisor.errors import KnowledgeError, Message, Problem
from advisor.i18n import N_
from advisor.load.data_files import PROFILE, UNKNOWN_FILE, DataFile, fingerprint
from advisor.load.documents import Document, Loc
from advisor.load.knowledge_checks import check_knowledge
from advisor.load.nearest import nearest
from advisor.load.problems import Problems
from advisor.load.profiles import read_profiles
from advisor.load.rules import RuleReader
from advisor.model import knowledge as model
from advisor.model.catalogue import Method
from advisor.model.fact_space import DERIVED_KINDS
from advisor.model.knowledge import Knowledge
from advisor.model.rule import Record, Rule
from advisor.model.rule_graph import RuleGraph

RecordT = TypeVar("RecordT", bound=Record)

# One record an entry, keyed by id: file, and the field of Knowledge.
_LISTS: Final[dict[str, tuple[str, type[Record]]]] = {
    "areas": ("areas", model.Area),
    "factors": ("factors", model.Factor),
    "ladder": ("ladder", model.LadderStep),
    "groups": ("groups", model.Group),
    "alternatives": ("alternatives", model.Alternative),
    "parameters": ("parameters", model.Parameter),
    "conclusions": ("conclusions", model.Labelled),
    "known_facts": ("known_facts", model.KnownFact),
    "calendar": ("calendars", model.Calendar),
    "wordlists": ("word_lists", model.WordList),
    "sources": ("sources", model.Source),
    "glossary": ("glossary", model.Term),
    "indicators": ("indicators", model.Indicator),
    "support": ("support", model.Support),
    "retired": ("retired", model.Retired),
    "examples": ("examples", model.WorkedExample),
}


# Files that hold no such list, and what a folder of the user's own may not change: the questions and the steps, kinds and
# options that the plan format has.
_OTHER_FILES: Final = ("derived", "vocabularies", "profiles")
_FOLDERS: Final = ("questions", "methods")
_PROGRAMS_OWN: Final = ("factors", "ladder", "groups", "known_facts", "vocabularies", "questions")


def read_knowledge(files: list[DataFile], version: str, plans: Mapping[str, object] | None = None) -> Knowledge:
    """Reads and checks everything. Raises KnowledgeError with all problems of all files.

    ``plans`` are the worked plans by id, each with its file; each must have its entry. None: not looked for.
    """
    problems = Problems()
    documents: dict[str, list[Document]] = {}
    for one in files:
        try:
            documents.setdefault(one.name, []).append(one.document())
        except KnowledgeError as error:
            problems.found.extend(error.problems)
            problems.wrong_themselves.add(rule_of(one.name.partition(".")[0]))
            problems.names_unsure |= one.name.startswith("knowledge/")
        else:
            misplaced = _misplaced(one)
            if misplaced is not None:
                problems.found.append(Problem(one.path, misplaced))
                documents[one.name].pop()
    reader = _Reader(documents, problems)
    knowledge = Knowledge(version=version, sha256=fingerprint(files), rules={}, **reader.fields())
    rules = [rule_of(one.name) for one in files if one.is_rule]
    check_knowledge(knowledge, reader.places, rules, problems, plans)
    knowledge = knowledge.model_copy(update={"rules": read_rules(documents, knowledge, problems)})
    shipped, own = (next(iter(documents.get(name, ())), None) for name in ("knowledge/profiles.yaml", PROFILE))
    profiles, own_profile = read_profiles(shipped, own, knowledge, rules, problems)
    problems.stop_if_any()
    return knowledge.model_copy(update={"profiles": profiles, "own_profile": own_profile})


def _misplaced(file: DataFile) -> Message | None:
    """Why a knowledge file is not read: no such file is known, or it is the program's own. None where it is read."""
    top, _, below = file.name.partition("/")
    if top != "knowledge":
        return None
    name = below.removesuffix(".yaml").partition("/")[0]
    if ("/" in below and name not in _FOLDERS) or ("/" not in below and name not in (*_LISTS, *_OTHER_FILES)):
        known = (*(f"{one}/" for one in _FOLDERS), *(f"{one}.yaml" for one in (*_LISTS, *_OTHER_FILES)))
        likely = nearest(f"{name}/" if "/" in below else below, known)
        if likely is not None:
            return Message(UNKNOWN_FILE, {"likely": f"knowledge/{likely}"})
        return Message(N_("filen läses inte: ingen kunskapsfil heter så"))
    if file.own and name == "profiles":
        return Message(N_("en egen mapp har sin profil i profile.yaml, bredvid mapparna «rules» och «knowledge»"))
    if file.own and name in _PROGRAMS_OWN:
        return Message(N_("det här hör till planformatet, och en egen mapp kan inte ändra eller lägga till något i det"))
    return None


def rule_of(name: str) -> str:
    """The rule that a file holds: ``rules/goals/missing.yaml`` is ``goals.missing``."""
    return name.removeprefix("rules/").removesuffix(".yaml").replace("/", ".")


def _note_taken(name: str, document: Document, loc: Loc, taken: tuple[Document, Loc], problems: Problems) -> None:
    """Notes that an id stands in two places, naming both."""
    there, at = taken
    if there is document:
        problems.add(document, (*loc, "id"), N_("«{id}» finns redan i filen"), id=name)
        return
    line, _ = there.position(at)
    problems.add(document, (*loc, "id"), N_("«{id}» finns redan i {place}: välj ett annat id"), id=name,
                 place=f"{there.path}:{line}")  # fmt: skip


def read_rules(documents: dict[str, list[Document]], knowledge: Knowledge, problems: Problems) -> dict[str, Rule]:
    """The rules by id, in working order; what is wrong is noted."""
    of_rules: dict[str, Document] = {}
    for name, found in documents.items():
        for document in found if name.startswith("rules/") else ():
            first = of_rules.setdefault(rule_of(name), document)
            if first is not document:
                _note_taken(rule_of(name), document, (), (first, ("id",)), problems)
    reader = RuleReader(knowledge, list(of_rules), problems)
    rules = [rule for rule_id, document in of_rules.items() if (rule := reader.read(document, rule_id)) is not None]
    areas = list(knowledge.areas)
    rules.sort(key=lambda rule: (areas.index(rule.area) if rule.area in areas else len(areas), rule.id))
    graph = RuleGraph.of(rules, knowledge.derived)
    for rule in rules:
        for read in dict.fromkeys(graph.findings_read(rule)):
            if read in graph.rules and graph.rules[read].severity is None:
                problems.add(of_rules[rule.id], ("when",), N_("regeln «{rule}» ger inget påpekande att läsa"), rule=read)
    ring = graph.cycle()
    if ring:
        problems.add(of_rules[ring[0]], ("when",), N_("reglerna väntar på varandra i en ring: {ring}"),
                     ring=" -> ".join(ring))  # fmt: skip
        return {}
    gaps = graph.gaps()
    for rule in rules:
        if rule.severity == "stop" and rule.id in gaps:
            problems.add(of_rules[rule.id], ("severity",),
                         N_("något som saknas kan inte vara ett stopp: regeln bygger på «known»"))  # fmt: skip
    return {rule.id: rule.model_copy(update={"gap": rule.id in gaps}) for rule in rules}


class _Reader:
    """Reads the files of ``knowledge/`` into the fields of Knowledge. ``places`` says where each record stands."""

    def __init__(self, documents: dict[str, list[Document]], problems: Problems) -> None:
        self.documents = documents
        self.problems = problems
        self.places: dict[tuple[str, str], tuple[Document, Loc]] = {}

    def fields(self) -> dict[str, Any]:
        """Every field of Knowledge but version, fingerprint and rules."""
        fields: dict[str, Any] = {
            field: self._list(f"knowledge/{name}.yaml", field, record) for name, (field, record) in _LISTS.items()
        }
        fields["derived"] = self._list("knowledge/derived.yaml", "derived", model.Derived)
        fields["vocabularies"] = self._vocabularies()
        fields["pages"] = tuple(sorted(self._each("knowledge/questions/", model.Page), key=lambda page: page.order))
        methods = self._each("knowledge/methods/", Method)
        fields["methods"] = {method.id: method for method in sorted(methods, key=lambda method: method.id)}
        return fields

    def _list(self, name: str, field: str, record: type[RecordT]) -> dict[str, RecordT]:
        records: dict[str, RecordT] = {}
        for document in self.documents.get(name, ()):
            if isinstance(document.data, list):
                for place, data in enumerate(document.data):
                    self._add(data, document, place, field, record, records)
            elif document.data is not None:
                self.problems.add(document, (), N_("filen ska innehålla en lista där varje post börjar med «- id:»"))
        return records

    def _add(
        self, data: Any, document: Document, place: int, field: str, record: type[RecordT], records: dict[str, RecordT]
    ) -> None:
        if record is model.Derived and isinstance(data, dict):
            one = self._derived(data, document, place)
        else:
            one = self.problems.read(record, data, document, (place,))
        if one is None:
            if isinstance(data, dict):
                self.problems.wrong_themselves.add(str(data.get("id")))
            return
        key = str(getattr(one, "id"))  # noqa: B009  every record of a list has an id
        if key in records:
            _note_taken(key, document, (place,), self.places[field, key], self.problems)
            return
        records[key] = one
        self.places[field, key] = (document, (place,))

    def _derived(self, data: dict[str, Any], document: Document, place: int) -> Any:
        """A derived fact; ``weeks_between: [a, b]`` and its kin are turned into the fields of Derived."""
        hows = [key for key in data if key in DERIVED_KINDS]
        strange = [key for key in data if key not in (*DERIVED_KINDS, "id", "label", "unit", "of")]
        if len(hows) != 1 or strange:
            for key in strange:
                self.problems.unknown(document, (place, key), N_("okänd nyckel"), key,
                                      (*DERIVED_KINDS, "label", "unit", "of"), at_key=True)  # fmt: skip
            if len(hows) != 1 and not strange:
                self.problems.add(document, (place,), N_("det härledda faktumet ska ha precis en av: {kinds}"),
                                  kinds=", ".join(DERIVED_KINDS))  # fmt: skip
            return None
        how, value = hows[0], data[hows[0]]
        given: dict[str, Any] = {"how": how, "inputs": value if isinstance(value, list) else [value]}
        if isinstance(value, dict):
            read = {key: value[key] for key in ("date", "number", "text", "span") if key in value}
            given = {key: one for key, one in value.items() if key not in read}
            given |= {"how": how, "inputs": [
                fact for one in read.values() for fact in (one if isinstance(one, list) else [one])]}  # fmt: skip
        plain = {key: one for key, one in data.items() if key != how}
        return self.problems.read(model.Derived, plain, document, (place,), given)

    def _vocabularies(self) -> dict[str, tuple[model.Labelled, ...]]:
        document = next(iter(self.documents.get("knowledge/vocabularies.yaml", ())), None)
        if document is None or document.data is None:
            return {}
        if not isinstance(document.data, dict):
            self.problems.add(document, (), N_("filen ska innehålla vokabulärernas namn, vart och ett med en lista"))
            return {}
        found = {}
        for name, options in document.data.items():
            self.places["vocabularies", name] = (document, (name,))
            read = [self.problems.read(model.Labelled, option, document, (name, place))
                    for place, option in enumerate(options if isinstance(options, list) else ())]  # fmt: skip
            found[name] = tuple(one for one in read if one is not None)
        return found

    def _each(self, folder: str, record: type[RecordT]) -> list[RecordT]:
        read = []
        for name, document in self._in_folder(folder):
            one = self.problems.read(record, document.data, document, ())
            key, named = ("page", "pages") if record is model.Page else ("id", "methods")
            stem = name.removeprefix(folder).removesuffix(".yaml")
            if one is None:
                self.problems.wrong_themselves.update((stem, *_facts_asked(document.data)))
                continue
            if (named, stem) in self.places:
                _note_taken(stem, document, (), self.places[named, stem], self.problems)
                continue
            read.append(one)
            if getattr(one, key) != stem:
                self.problems.add(document, (key,), N_("«{name}» ska vara «{stem}», som filen heter"), name=key, stem=stem)
            self.places[named, getattr(one, key)] = (document, ())
        return read

    def _in_folder(self, folder: str) -> Iterator[tuple[str, Document]]:
        for name, documents in self.documents.items():
            if name.startswith(folder):
                yield from ((name, document) for document in documents)


def _facts_asked(page: Any) -> list[str]:
    """The facts that a page asks for, as far as that can be seen in one that is wrong."""
    questions = page.get("questions") if isinstance(page, dict) else None
    asked = [one.get("fact") for one in questions if isinstance(one, dict)] if isinstance(questions, list) else []
    return [fact for fact in asked if isinstance(fact, str)]

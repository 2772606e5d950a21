"""Knowledge files: read, checked against one another, and handed over as one Knowledge."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

from advisor.errors import KnowledgeError
from advisor.i18n import N_
from advisor.load.documents import Document, read_yaml
from advisor.load.knowledge_checks import check_knowledge
from advisor.load.problems import Problems
from advisor.load.rules import RuleReader
from advisor.load.text import decode
from advisor.model import knowledge as model
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
    "support": ("support", model.Support),
    "retired": ("retired", model.Retired),
}


class DataFile:
    """A rule or knowledge file that was read. ``name`` is its path below the data folder, with ``/``."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content

    def document(self) -> Document:
        """The file as a document. Raises KnowledgeError where it is no YAML."""
        return read_yaml(decode(self.content, self.name, error=KnowledgeError), self.name, typed=True)


def data_files(folder: Path) -> list[DataFile]:
    """Every rule and knowledge file below ``folder``, sorted by name; the worked plans are not knowledge."""
    found = []
    for top in ("knowledge", "rules"):
        for path in (folder / top).rglob("*.yaml"):
            name = path.relative_to(folder).as_posix()
            if not name.startswith("knowledge/examples/"):
                found.append(DataFile(name, path.read_bytes()))
    return sorted(found, key=lambda one: one.name)


def fingerprint(files: Iterable[DataFile]) -> str:
    """The SHA-256 of all names and contents, in hexadecimal."""
    digest = hashlib.sha256()
    for one in files:
        digest.update(f"{one.name}\0{len(one.content)}\0".encode())
        digest.update(one.content)
    return digest.hexdigest()


def read_knowledge(files: list[DataFile], version: str) -> Knowledge:
    """Reads and checks everything. Raises KnowledgeError with all problems of all files."""
    problems = Problems()
    documents: dict[str, Document] = {}
    for one in files:
        try:
            documents[one.name] = one.document()
        except KnowledgeError as error:
            problems.found.extend(error.problems)
    reader = _Reader(documents, problems)
    fields = reader.fields()
    problems.stop_if_any()
    knowledge = Knowledge(version=version, sha256=fingerprint(files), rules={}, **fields)
    check_knowledge(knowledge, reader.places, problems)
    problems.stop_if_any()
    knowledge = knowledge.model_copy(update={"rules": read_rules(documents, knowledge, problems)})
    problems.stop_if_any()
    return knowledge


def read_rules(documents: dict[str, Document], knowledge: Knowledge, problems: Problems) -> dict[str, Rule]:
    """The rules by id, in working order; what is wrong is noted."""
    names = {name: name.removeprefix("rules/").removesuffix(".yaml").replace("/", ".")
             for name in documents if name.startswith("rules/")}  # fmt: skip
    reader = RuleReader(knowledge, list(names.values()), problems)
    rules = [rule for name, rule_id in names.items() if (rule := reader.read(documents[name], rule_id)) is not None]
    areas = list(knowledge.areas)
    rules.sort(key=lambda rule: (areas.index(rule.area) if rule.area in areas else len(areas), rule.id))
    graph = RuleGraph.of(rules, knowledge.derived)
    ring = graph.cycle()
    if ring:
        where = documents["rules/" + ring[0].replace(".", "/") + ".yaml"]
        problems.add(where, ("when",), N_("reglerna väntar på varandra i en ring: {ring}"), ring=" -> ".join(ring))
        return {}
    gaps = graph.gaps()
    for rule in rules:
        if rule.severity == "stop" and rule.id in gaps:
            where = documents["rules/" + rule.id.replace(".", "/") + ".yaml"]
            problems.add(where, ("severity",), N_("något som saknas kan inte vara ett stopp: regeln bygger på «known»"))
    return {rule.id: rule.model_copy(update={"gap": rule.id in gaps}) for rule in rules}


class _Reader:
    """Reads the files of ``knowledge/`` into the fields of Knowledge. ``places`` says where each record stands."""

    def __init__(self, documents: dict[str, Document], problems: Problems) -> None:
        self.documents = documents
        self.problems = problems
        self.places: dict[tuple[str, str], tuple[Document, tuple[str | int, ...]]] = {}

    def fields(self) -> dict[str, Any]:
        """Every field of Knowledge but version, fingerprint and rules."""
        fields: dict[str, Any] = {
            field: self._list(f"knowledge/{name}.yaml", field, record, lambda data: data)
            for name, (field, record) in _LISTS.items()
        }
        fields["derived"] = self._list("knowledge/derived.yaml", "derived", model.Derived, self._derived)
        fields["vocabularies"] = self._vocabularies()
        fields["pages"] = tuple(sorted(self._each("knowledge/questions/", model.Page), key=lambda page: page.order))
        methods = self._each("knowledge/methods/", model.Method)
        fields["methods"] = {method.id: method for method in sorted(methods, key=lambda method: method.id)}
        return fields

    def _list(
        self, name: str, field: str, record: type[RecordT], prepare: Callable[[Any], Any]
    ) -> dict[str, RecordT]:
        document = self.documents.get(name)
        if document is None or document.data is None:
            return {}
        records: dict[str, RecordT] = {}
        if not isinstance(document.data, list):
            self.problems.add(document, (), N_("filen ska innehålla en lista där varje post börjar med «- id:»"))
            return {}
        for place, data in enumerate(document.data):
            one = self.problems.read(record, prepare(data), document, (place,))
            if one is None:
                continue
            key = str(getattr(one, "id"))  # noqa: B009  every record of a list has an id
            if key in records:
                self.problems.add(document, (place, "id"), N_("«{id}» finns redan i filen"), id=key)
            records[key] = one
            self.places[field, key] = (document, (place,))
        return records

    @staticmethod
    def _derived(data: Any) -> Any:
        """Turns ``weeks_between: [a, b]`` and its kin into the fields of Derived."""
        if not isinstance(data, dict):
            return data
        plain = {key: value for key, value in data.items() if key not in DERIVED_KINDS}
        hows = [key for key in data if key in DERIVED_KINDS]
        if len(hows) != 1:
            return data
        value = data[hows[0]]
        plain["how"] = hows[0]
        if not isinstance(value, dict):
            plain["inputs"] = value if isinstance(value, list) else [value]
            return plain
        inputs = [value[key] for key in ("date", "number", "text") if key in value] + list(value.get("span", []))
        return plain | {"inputs": inputs} | {
            key: one for key, one in value.items() if key not in ("date", "number", "text", "span")
        }

    def _vocabularies(self) -> dict[str, tuple[model.Labelled, ...]]:
        document = self.documents.get("knowledge/vocabularies.yaml")
        if document is None or not isinstance(document.data, dict):
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
        for name, document in self.documents.items():
            if not name.startswith(folder):
                continue
            one = self.problems.read(record, document.data, document, ())
            if one is None:
                continue
            read.append(one)
            key, named = ("page", "pages") if record is model.Page else ("id", "methods")
            stem = name.removeprefix(folder).removesuffix(".yaml")
            if getattr(one, key) != stem:
                self.problems.add(document, (key,), N_("«{key}» ska vara «{stem}», som filen heter"), key=key, stem=stem)
            self.places[named, stem] = (document, ())
        return read

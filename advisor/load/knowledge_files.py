"""Knowledge files: read, checked against one another, and handed over as one Knowledge."""

from typing import Any, Final, TypeVar

from advisor.errors import KnowledgeError
from advisor.i18n import N_
from advisor.load.data_files import DataFile, fingerprint
from advisor.load.documents import Document
from advisor.load.knowledge_checks import check_knowledge
from advisor.load.problems import Problems
from advisor.load.rules import RuleReader
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


def read_knowledge(files: list[DataFile], version: str) -> Knowledge:
    """Reads and checks everything. Raises KnowledgeError with all problems of all files."""
    problems = Problems()
    documents: dict[str, Document] = {}
    for one in files:
        try:
            documents[one.name] = one.document()
        except KnowledgeError as error:
            problems.found.extend(error.problems)
            problems.wrong_themselves.add(rule_of(one.name))
            problems.names_unsure |= one.name.startswith("knowledge/")
    reader = _Reader(documents, problems)
    knowledge = Knowledge(version=version, sha256=fingerprint(files), rules={}, **reader.fields())
    check_knowledge(knowledge, reader.places, [rule_of(one.name) for one in files if one.is_rule], problems)
    knowledge = knowledge.model_copy(update={"rules": read_rules(documents, knowledge, problems)})
    problems.stop_if_any()
    return knowledge


def rule_of(name: str) -> str:
    """The rule that a file holds: ``rules/goals/missing.yaml`` is ``goals.missing``."""
    return name.removeprefix("rules/").removesuffix(".yaml").replace("/", ".")


def read_rules(documents: dict[str, Document], knowledge: Knowledge, problems: Problems) -> dict[str, Rule]:
    """The rules by id, in working order; what is wrong is noted."""
    of_rules = {rule_of(name): document for name, document in documents.items() if name.startswith("rules/")}
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

    def __init__(self, documents: dict[str, Document], problems: Problems) -> None:
        self.documents = documents
        self.problems = problems
        self.places: dict[tuple[str, str], tuple[Document, tuple[str | int, ...]]] = {}

    def fields(self) -> dict[str, Any]:
        """Every field of Knowledge but version, fingerprint and rules."""
        fields: dict[str, Any] = {
            field: self._list(f"knowledge/{name}.yaml", field, record) for name, (field, record) in _LISTS.items()
        }
        fields["derived"] = self._list("knowledge/derived.yaml", "derived", model.Derived)
        fields["vocabularies"] = self._vocabularies()
        fields["pages"] = tuple(sorted(self._each("knowledge/questions/", model.Page), key=lambda page: page.order))
        methods = self._each("knowledge/methods/", model.Method)
        fields["methods"] = {method.id: method for method in sorted(methods, key=lambda method: method.id)}
        return fields

    def _list(self, name: str, field: str, record: type[RecordT]) -> dict[str, RecordT]:
        document = self.documents.get(name)
        if document is None or document.data is None:
            return {}
        records: dict[str, RecordT] = {}
        if not isinstance(document.data, list):
            self.problems.add(document, (), N_("filen ska innehålla en lista där varje post börjar med «- id:»"))
            return {}
        for place, data in enumerate(document.data):
            if record is model.Derived and isinstance(data, dict):
                one = self._derived(data, document, place)
            else:
                one = self.problems.read(record, data, document, (place,))
            if one is None:
                if isinstance(data, dict):
                    self.problems.wrong_themselves.add(str(data.get("id")))
                continue
            key = str(getattr(one, "id"))  # noqa: B009  every record of a list has an id
            if key in records:
                self.problems.add(document, (place, "id"), N_("«{id}» finns redan i filen"), id=key)
            records[key] = one
            self.places[field, key] = (document, (place,))
        return records

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
        document = self.documents.get("knowledge/vocabularies.yaml")
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
        for name, document in self.documents.items():
            if not name.startswith(folder):
                continue
            one = self.problems.read(record, document.data, document, ())
            key, named = ("page", "pages") if record is model.Page else ("id", "methods")
            stem = name.removeprefix(folder).removesuffix(".yaml")
            if one is None:
                self.problems.wrong_themselves.update((stem, *_facts_asked(document.data)))
                continue
            read.append(one)
            if getattr(one, key) != stem:
                self.problems.add(document, (key,), N_("«{name}» ska vara «{stem}», som filen heter"), name=key, stem=stem)
            self.places[named, getattr(one, key)] = (document, ())
        return read


def _facts_asked(page: Any) -> list[str]:
    """The facts that a page asks for, as far as that can be seen in one that is wrong."""
    questions = page.get("questions") if isinstance(page, dict) else None
    asked = [one.get("fact") for one in questions if isinstance(one, dict)] if isinstance(questions, list) else []
    return [fact for fact in asked if isinstance(fact, str)]

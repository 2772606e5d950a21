"""Names that a plan uses in two places: the target groups, and the methods' groups that point at them."""

from collections.abc import Iterator
from typing import Any, Final

from advisor.errors import Message, Problem
from advisor.i18n import N_
from advisor.load.documents import Document
from advisor.load.wording import Named, nearest, shown
from advisor.model.answers import is_blank, is_unknown
from advisor.model.knowledge import plain_name

_SAME_NAME: Final = N_("Två målgrupper heter «{name}». Den första står på rad {first}. Ge dem olika namn.")
_NEAR_A_GROUP: Final = N_("Ingen målgrupp i planen heter «{name}». Menar ni «{nearest}»?")
_NO_SUCH_GROUP: Final = N_(
    "Ingen målgrupp i planen heter «{name}». Målgrupperna heter: {names}. Skriv all om metoden är till för alla."
)
_NO_GROUPS: Final = N_(
    "Ingen målgrupp i planen heter «{name}». Lägg till den under target_groups, eller skriv all om metoden är till "
    "för alla."
)
_ALL: Final = "all"


def name_problems(document: Document) -> list[Problem]:
    """Target groups with the same name, and groups of methods that no target group is called. Case and spaces aside."""
    plan = document.data
    groups, methods = plan.get("target_groups"), plan.get("methods")
    if groups is None and methods is None:
        return []
    problems: list[Problem] = []
    names: dict[str, tuple[str, int]] = {}
    readable = True  # a list that is wrong itself gets its own sentence, once
    for index, group in enumerate(groups if isinstance(groups, list) else ()):
        if not isinstance(group, dict):
            readable = readable and (is_blank(group) or is_unknown(group))
            continue
        name = _name(group.get("name"))
        plain = plain_name(name) if name else ""
        if name is None or plain not in names:
            if name:
                names[plain] = name, index
            continue
        first, _ = document.position(("target_groups", names[plain][1], "name"))
        message = Message(_SAME_NAME, {"name": shown(name), "first": first})
        problems.append(Problem(document.path, message, *document.position(("target_groups", index, "name"))))
    if not readable or not (groups is None or isinstance(groups, list) or is_blank(groups) or is_unknown(groups)):
        return problems
    for loc, name in _groups_of_methods(methods):
        plain = plain_name(name)
        if plain != _ALL and plain not in names:
            known = [name for name, _ in names.values()]
            problems.append(Problem(document.path, _no_such_group(name, known), *document.position(loc)))
    return problems


def _name(raw: Any) -> str | None:
    """A name as text; None where there is none, or where it is unknown or no text at all."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return None if not isinstance(raw, str) or is_blank(raw) or is_unknown(raw) else raw.strip()


def _groups_of_methods(methods: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for index, method in enumerate(methods if isinstance(methods, list) else ()):
        groups = method.get("groups") if isinstance(method, dict) else None
        for place, raw in enumerate(groups if isinstance(groups, list) else ()):
            name = _name(raw)
            if name is not None:
                yield ("methods", index, "groups", place), name


def _no_such_group(name: str, known: list[str]) -> Message:
    if not known:
        return Message(_NO_GROUPS, {"name": shown(name)})
    near = nearest(name, [Named(plain_name(other), None) for other in known])
    if near is not None:
        meant = next(other for other in known if plain_name(other) == near.name)
        return Message(_NEAR_A_GROUP, {"name": shown(name), "nearest": shown(meant)})
    return Message(_NO_SUCH_GROUP, {"name": shown(name), "names": ", ".join(f"«{shown(other)}»" for other in known)})

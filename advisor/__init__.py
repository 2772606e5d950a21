"""dialoglots: advises Swedish municipalities and regions that plan a citizen dialogue (medborgardialog).

The public names are imported when they are first used, so that a program that needs one of them does not wait for all.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from advisor.api import Adviser, check, check_files, explain, load_plan, open_knowledge

__all__ = ["Adviser", "check", "check_files", "explain", "load_plan", "open_knowledge"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from advisor import api

        return getattr(api, name)
    raise AttributeError(f"module 'advisor' has no attribute {name!r}")

"""Where the rules and the knowledge lie: inside an installed package, or beside it in a checkout."""

from pathlib import Path
from typing import Final

from advisor.errors import KnowledgeError, Message, Problem
from advisor.i18n import N_

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_CHECKOUT_MARKER: Final = "pyproject.toml"


def data_folder() -> Path:
    """The folder that holds ``rules/`` and ``knowledge/``.

    Raises KnowledgeError where the installation lacks them.
    """
    installed = _PACKAGE / "_data"
    if (installed / "rules").is_dir():
        return installed
    checkout = _PACKAGE.parent
    if (checkout / _CHECKOUT_MARKER).is_file() and (checkout / "rules").is_dir():
        return checkout
    sentence = N_("reglerna och kunskapen saknas i installationen: installera programmet på nytt")
    raise KnowledgeError([Problem(str(installed), Message(sentence))])

"""The command line: the only room that knows click. Everything it says comes from ``advisor.report``."""

from advisor.cli.entry import main, run

__all__ = ["main", "run"]

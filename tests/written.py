"""Plans written as a form has it, from end to end."""

from collections.abc import Iterator

from advisor.model.assessment import CheckedPlan
from advisor.report.summary import Summary
from advisor.report.writer import Writer


def written(writer: Writer, *plans: CheckedPlan, summary: Summary | None = None) -> str:
    """The whole output. ``summary`` may be one that knows something already."""
    counts = summary or Summary()

    def pieces() -> Iterator[str]:
        for checked in plans:
            counts.add(checked)
            yield writer.piece(checked)

    return "".join(writer.document(pieces(), counts))

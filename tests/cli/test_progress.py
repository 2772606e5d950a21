"""How far a long check has come: on a terminal, after a while, and gone in the end."""

import io

import pytest

from advisor.cli import progress
from advisor.cli.progress import progress_line, with_progress


class Screen(io.StringIO):
    """A standard error that may be a terminal. ``encoding`` as a console's."""

    encoding = "cp1252"  # type: ignore[assignment]

    def __init__(self, terminal: bool = True) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def seen(self) -> str:
        """What stands on the line in the end."""
        line: list[str] = []
        for written in self.getvalue().split("\r"):
            line[: len(written)] = written
        return "".join(line).rstrip()


class Clock:
    """A clock that goes on by itself every time somebody looks."""

    def __init__(self, step: float) -> None:
        self.now = 0.0
        self.step = step

    def monotonic(self) -> float:
        self.now += self.step
        return self.now


def passed(screen: Screen, monkeypatch: pytest.MonkeyPatch, step: float, total: int | None = 50) -> list[str]:
    monkeypatch.setattr(progress, "time", Clock(step))
    pieces = [f"plan {number}" for number in range(50)]
    assert list(with_progress(pieces, total, "sv", screen)) == pieces
    return screen.getvalue().split("\r")


def test_nothing_is_shown_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert passed(Screen(terminal=False), monkeypatch, 1.0) == [""]


def test_a_quick_check_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert passed(Screen(), monkeypatch, 0.01) == [""]


def test_a_slow_check_shows_a_bar_and_erases_it(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    shown = passed(screen, monkeypatch, 0.5)
    assert shown[1].startswith("[-")
    assert "2 av 50 planer granskade, ungefär 24 sekunder kvar" in shown[1]
    assert max(len(line) for line in shown) < 80
    assert screen.seen() == ""


def test_it_is_not_drawn_for_every_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 3 < len(passed(Screen(), monkeypatch, 0.05)) < 15


def test_whoever_does_not_know_how_many_there_are_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert passed(Screen(), monkeypatch, 1.0, None)[1] == "1 plan granskad"


def test_it_is_erased_where_the_check_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "time", Clock(1.0))
    screen = Screen()
    pieces = with_progress(["a", "b", "c"], 3, "sv", screen)
    next(pieces)
    next(pieces)
    assert "av 3 planer" in screen.seen()
    pieces.close()  # type: ignore[attr-defined]  # it is a generator
    assert screen.seen() == ""


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(("number", "seconds"), [(1, 1.0), (20_000, 3600.0), (7, 0.001), (10_000, 5000.0)])
def test_every_line_fits_a_terminal_and_any_console(lang: str, number: int, seconds: float) -> None:
    line = progress_line(number, 20_000, seconds, lang)
    assert len(line) < 80
    line.encode("cp1252")


def test_a_long_wait_is_told_in_minutes() -> None:
    assert progress_line(100, 20_000, 10.0, "sv").endswith("ungefär 33 minuter kvar")
    assert progress_line(10_000, 20_000, 89.0, "sv").startswith("[#########---------]")


def test_more_plans_than_were_expected_fill_the_bar() -> None:
    assert progress_line(12, 10, 5.0, "sv").startswith("[##################] 12 av 10")

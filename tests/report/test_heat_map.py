"""The heat map as a picture: every number in its cell, looks that follow the number, and no picture too high to print."""

import re

from advisor.report.heat_map import BANDS, band, heat_pictures
from advisor.report.page_parts import HeatMap, HeatRow, Mark

COLUMNS = ("Def.", "1", "2", "3", "4", "5", "6", "7", "8", "Alla")


def heat(*groups: tuple[str, list[HeatRow]]) -> HeatMap:
    return HeatMap("heat", "Mognad", "Procent.", "Plan", "Utlåtande", COLUMNS, groups, "Tabell")


def row(label: str, *values: int | None) -> HeatRow:
    return HeatRow(label, "#plan-1", values, Mark("redo", "ready"))


def test_looks_follow_the_number() -> None:
    looks = [band(value) for value in range(101)]
    assert looks == sorted(looks)
    assert set(looks) == set(range(len(BANDS) + 1))


def test_the_number_stands_in_its_cell_and_a_dash_where_nothing_applies() -> None:
    (picture,) = heat_pictures(heat(("", [row("Ån", 0, 19, 20, 99, 100, None, 50, 60, 80, 44)])))
    told = re.findall(r'<text class="(on\d|none)" x="\d+">([^<]*)</text>', picture)
    assert told == [("on0", "0"), ("on0", "19"), ("on1", "20"), ("on4", "99"), ("on4", "100"), ("none", "–"), ("on2", "50"),
                    ("on3", "60"), ("on4", "80"), ("on2", "44")]  # fmt: skip
    cells = dict(re.findall(r'<path class="heat(\d)" d="([^"]*)"', picture))
    assert {look: shape.count("M") for look, shape in cells.items()} == {"0": 2, "1": 1, "2": 2, "3": 1, "4": 3}


def test_each_group_is_a_picture_with_a_name_and_none_is_too_high_for_paper() -> None:
    many = [row(f"Plan {number}", *[50] * 10) for number in range(70)]
    pictures = list(heat_pictures(heat(("Park", many), ("Skola", many[:1]))))
    assert [picture.count("<g ") for picture in pictures] == [30, 30, 10, 1]
    assert [picture.count('<li><a href="#plan-1">') for picture in pictures] == [30, 30, 10, 1]
    assert [re.findall("<title [^>]*>([^<]*)<", picture) for picture in pictures] == [
        ["Mognad: Park"], ["Mognad: Park"], ["Mognad: Park"], ["Mognad: Skola"]
    ]  # fmt: skip
    assert len({re.findall('id="([^"]*)"', picture)[0] for picture in pictures}) == 4


def test_an_image_holds_no_links() -> None:
    (picture,) = heat_pictures(heat(("", [row("Ån", *[50] * 10)])))
    assert "<a " not in picture[picture.index("<svg") :]

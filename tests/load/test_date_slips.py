"""What stands where a date should, and how it is written right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.load.date_slips import date_message
from advisor.model.answers import DateAnswer

WRITE = "är inget datum. Skriv år, månad och dag så här: 2026-03-01."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3/2", "«3/2» saknar år. Skriv år-månad-dag, till exempel 2026-02-03."),
        ("3/2 2026", "«3/2 2026» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
        ("3.2.2026", "«3.2.2026» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
        ("2026-2-3", "«2026-2-3» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
        ("2026/02/03", "«2026/02/03» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
        ("20260203", "«20260203» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
        ("2026-02-03T10:00", "«2026-02-03T10:00» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
        ("3 februari", "«3 februari» saknar år. Skriv år-månad-dag, till exempel 2026-02-03."),
        ("den 3:e feb 2026", "«den 3:e feb 2026» är inget datum i rätt form. Skriv år-månad-dag: 2026-02-03."),
        ("3 May 2026", "«3 May 2026» är inget datum i rätt form. Skriv år-månad-dag: 2026-05-03."),
        ("October 3, 2026", "«October 3, 2026» är inget datum i rätt form. Skriv år-månad-dag: 2026-10-03."),
        ("mars 2026", "«mars 2026» saknar dag. Skriv år-månad-dag, till exempel 2026-03-01."),
        ("2026-03", "«2026-03» saknar dag. Skriv år-månad-dag, till exempel 2026-03-01."),
        ("2026-02-30", "Datumet «2026-02-30» finns inte: månaden har 28 dagar."),
        ("31/4 2026", "Datumet «31/4 2026» finns inte: månaden har 30 dagar."),
        ("2026-13-01", "Datumet «2026-13-01» finns inte: ett år har 12 månader."),
        ("1026-02-03", "Datumet «1026-02-03» har ett orimligt år. Skriv ett år mellan 1900 och 2199."),
        ("2026", f"«2026» {WRITE}"),
        ("45/13", f"«45/13» {WRITE}"),
        ("2026-13", f"«2026-13» {WRITE}"),
        ("i vår", f"«i vår» {WRITE}"),
        ("hösten 2026", f"«hösten 2026» {WRITE}"),
        ("12 veckor", f"«12 veckor» {WRITE}"),
        ("  nästa\n år ", f"«nästa år» {WRITE}"),
    ],
)
def test_sentences(text: str, sentence: str) -> None:
    assert date_message(text).text("sv") == sentence


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["{0.day}/{0.month} {0.year}", "%d %B %Y"]))
def test_what_is_suggested_is_the_day_that_was_meant(day: date, form: str) -> None:
    months = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
              "november", "december"]  # fmt: skip
    text = form.format(day) if "{" in form else f"{day.day} {months[day.month - 1]} {day.year}"
    suggested = date_message(text).values["date"]
    assert DateAnswer().read(suggested) == day

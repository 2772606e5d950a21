"""How single answers are read where a slip of the pen could change their meaning unseen."""

import pytest
from pydantic_core import PydanticCustomError

from advisor.model.answers import NumberAnswer


@pytest.mark.parametrize("text", ["250.000", "1.200", "250,000", "1.200.000", " 12.500 "])
@pytest.mark.parametrize("whole", [True, False])
def test_thousands_with_a_point_are_refused_and_not_read_as_decimals(text: str, whole: bool) -> None:
    with pytest.raises(PydanticCustomError):
        NumberAnswer(whole=whole).read(text)


@pytest.mark.parametrize(("text", "number"), [
    ("250 000", 250000), ("250000", 250000), ("2,5", 2.5), ("2.50", 2.5), ("0.500", 0.5), ("1.125", 1.125), ("12,0", 12),
])  # fmt: skip
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    assert NumberAnswer().read(text) == number

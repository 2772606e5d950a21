"""Elements: text stays text."""

from hypothesis import given
from hypothesis import strategies as st

from advisor.report.html_elements import Html, element, joined


def test_content_is_escaped_unless_it_is_html() -> None:
    assert element("p", "a < b & ", element("b", "c")) == "<p>a &lt; b &amp; <b>c</b></p>\n"


def test_attributes_are_escaped_and_those_without_value_are_left_out() -> None:
    made = element("a", "x", href='"><i>', class_=None, aria_label="å", tabindex=0)
    assert made == '<a href="&quot;&gt;&lt;i&gt;" aria-label="å" tabindex="0">x</a>'


def test_control_characters_become_visible() -> None:
    assert joined("a\x1b\u202e") == "a␛‹U+202E›"


@given(st.text())
def test_no_text_opens_or_closes_anything(text: str) -> None:
    made = joined(text)
    assert isinstance(made, Html)
    assert not set(made) & set("<>\"'")

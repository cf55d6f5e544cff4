"""Text with a little form: lists, bold, links, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techfair.core.rich_text import as_html, plain

pytestmark = pytest.mark.same_everywhere
OURS = re.compile(r'</?(?:p|ul|ol|li|b)>|<a href="https?://[^"<>\s]+" rel="nofollow ugc noopener">|</a>')


def test_lists_bold_and_links_are_made_of_what_people_type() -> None:
    text = "Máy sấy **trống quay**:\n- 6 tấn một mẻ\n- xem https://example.vn/a?b=1&c=2.\n\n1. nạp\n2) sấy"
    assert as_html(text) == (
        "<p>Máy sấy <b>trống quay</b>:</p>\n"
        '<ul><li>6 tấn một mẻ</li><li>xem <a href="https://example.vn/a?b=1&amp;c=2" rel="nofollow ugc noopener">'
        "https://example.vn/a?b=1&amp;c=2</a>.</li></ul>\n"
        "<ol><li>nạp</li><li>sấy</li></ol>"
    )
    assert plain("**6 tấn** * 2") == "6 tấn * 2"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "**<img src=x onerror=alert(1)>**",
        "- <b onclick=x>",
        'https://a.vn/"onmouseover="x',
        "javascript:alert(1)",
        "https://a.vn/<script>",
    ],
)
def test_what_is_no_form_of_ours_is_shown_as_text(text: str) -> None:
    rest = OURS.sub("", as_html(text))
    assert "<" not in rest
    assert "javascript:" not in "".join(re.findall('href="[^"]*"', as_html(text)))


@given(st.text(alphabet="a*-1. <>\"'&\nhttps://x.vn", max_size=60))
def test_whatever_is_typed_only_our_own_elements_come_out(text: str) -> None:
    assert "<" not in OURS.sub("", as_html(text))

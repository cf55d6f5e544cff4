import pytest
from flask_babel import force_locale

from techfair.core import counts

NUMBERS = (0, 1, 2, 1234)


@pytest.mark.parametrize(
    ("of", "english", "vietnamese"),
    [
        (counts.visitors, ["0 visitors", "1 visitor", "2 visitors", "1,234 visitors"], "{} khách"),
        (counts.meetings, ["0 meetings", "1 meeting", "2 meetings", "1,234 meetings"], "{} cuộc gặp"),
    ],
)
def test_a_number_agrees_with_what_it_counts_in_both_languages(app, of, english, vietnamese):
    with force_locale("en"):
        assert [of(number) for number in NUMBERS] == english
    with force_locale("vi"):
        assert [of(number) for number in NUMBERS] == [vietnamese.format(shown) for shown in ("0", "1", "2", "1.234")]

"""What a keyboard does to words is undone before they are looked for; whole words stay what they are."""

import pytest

from techfair.exhibitors.catalogue import asking
from techfair.exhibitors.catalogue.syllables import from_telex, is_near, is_syllable, sound, stem
from techfair.exhibitors.catalogue.vocabulary import Vocabulary

KNOWN = ("may say ca phe nuoc thai truy xuat nguon goc", "cow heat knowing dryer tuoi nho giot")
pytestmark = pytest.mark.same_everywhere


@pytest.fixture
def vocabulary() -> Vocabulary:
    known = Vocabulary()
    known.total = 100
    for word in " ".join(KNOWN).split():
        known.learn(word, 5)
    return known


def words(text: str, vocabulary: Vocabulary) -> list[str]:
    return [one.word for one in asking.read(text, vocabulary)]


@pytest.mark.parametrize(
    "typed", ["máy sấy cà phê", "MAY SAY CA PHE", "mays saays caf phee", "maysaycaphe", "may saycaphe"]
)
def test_the_same_is_asked_however_it_is_typed(vocabulary: Vocabulary, typed: str) -> None:
    assert words(typed, vocabulary) == ["may", "say", "ca", "phe"]


@pytest.mark.parametrize(
    ("keys", "syllable"), [("tuwowis", "tuoi"), ("nhor", "nho"), ("giojt", "giot"), ("ddaast", "dat"), ("suwar", "sua")]
)
def test_telex_keys_are_read_as_the_syllable_they_make(keys: str, syllable: str) -> None:
    assert from_telex(keys) == syllable


def test_english_is_not_taken_for_telex(vocabulary: Vocabulary) -> None:
    assert words("knowing when cows are in heat", vocabulary)[2] == "cows"


def test_an_ending_a_sound_and_a_slip_still_mean_the_word(vocabulary: Vocabulary) -> None:
    asked = asking.read("cows suat nuocc", vocabulary)
    assert "cow" in asked[0].forms
    assert "xuat" in asked[1].forms
    assert "nuoc" in asked[2].forms
    assert asked[0].forms["cow"] < asked[0].forms["cows"] == 1


def test_capitals_and_consonants_are_also_looked_for_as_initials(vocabulary: Vocabulary) -> None:
    (asked,) = asking.read("NLMT", vocabulary)
    assert "0nlmt" in asked.forms


def test_signs_alone_ask_nothing(vocabulary: Vocabulary) -> None:
    assert asking.read('" * ( ) \\ \x00', vocabulary) == []


def test_what_is_typed_is_cut_to_a_sensible_length(vocabulary: Vocabulary) -> None:
    assert asking.read("x" * 5000, vocabulary) == []
    assert len(asking.read("may " * 500, vocabulary)) == asking.MOST_WORDS


@pytest.mark.parametrize("word", ["nghieng", "quyet", "gieng", "ruou", "ao", "y", "khuyu"])
def test_syllables_are_known_by_how_they_are_written(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["dryer", "bean", "nuocthai", "nlmt", "k2"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_words_of_one_sound_have_one_key() -> None:
    assert sound("xuat") == sound("suat")
    assert sound("phe") == sound("fe")
    assert sound("tra") == sound("cha")
    assert sound("kho") != sound("co")


def test_english_endings_fall_syllables_stay() -> None:
    assert stem("stopping") == stem("stops") == "stop"
    assert stem("nghe") == "nghe"


def test_one_letter_is_a_slip_two_are_another_word() -> None:
    assert is_near("robusta", "robsta")
    assert is_near("robusta", "robutsa")
    assert not is_near("robusta", "arabica")
    assert not is_near("may", "may")

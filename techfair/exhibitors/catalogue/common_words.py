"""What two records both name, as runs of words that are cut out of no word and no sentence. Pure.

Words of Vietnamese are written in syllables, so two that stand side by side in both records may be halves of two words
("cà phê, tiêu" is no "phê tiêu"). So a run goes on as far as both records write the same, accents too, within one
clause; what names nothing is taken off its ends; and a word alone counts only where a record names itself by it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from techfair.core.vietnamese import nfc, search_key
from techfair.exhibitors.catalogue.asking import GRAMMAR
from techfair.exhibitors.catalogue.syllables import is_syllable

LONGEST_RUN = 6
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
BETWEEN_CLAUSES = re.compile(r"[^\w\s'’-]+|\s[-–—]\s|\d+")
# What nearly every record says in either language; it counts, but is no reason to meet.
SAID_BY_ALL = (
    "solution solutions system systems technology technologies product products service services process model "
    "equipment device devices method methods application applications development high new "
    "giai phap he thong cong nghe san pham dich vu quy trinh mo hinh thiet bi phuong ung dung phat trien"
)
WEAK = frozenset(SAID_BY_ALL.split())
# Words that name nothing and measures, as they are written: folded, "sau" would be "sâu" and "ba" be "bã".
SAID_BETWEEN = (
    "và của cho với khi sau trước trong trên dưới để là các những mỗi cả theo từ đến tại ở bằng thay như này đó mà thì "
    "hay hoặc rất hơn so vào ra lên xuống không chưa được bị có đang sẽ đã cũng một hai ba bốn năm sáu bảy tám chín "
    "mười trăm nghìn triệu còn lại từng mọi nhiều ít cùng chỉ vừa nữa đi gì ai nơi khắp toàn thấy làm phải đồng "
    "mg g kg mm cm m km ha kw kwh mw v l lít tấn tạ tháng tuần ngày giờ phút giây vnd usd "
    "and or of for with in on at to from by per the a an as if but so no not than then that this these those such "
    "after before below above over under between until without within into out up down off about through near "
    "is are was were be been has have had do does did it its their our own each every both few many much more most "
    "less only also still once twice while when where which who whose same other inside nothing "
    "one two three four five six seven eight nine ten twenty thirty forty fifty hundred thousand million half percent "
    "day days week weeks month months year years hour hours minute minutes time times"
)
LOOSE = frozenset(SAID_BETWEEN.split())


def both_name(mine: Sequence[str], theirs: Iterable[str], names: Sequence[str], telling: Sequence[str]) -> list[str]:
    """The runs of words of ``mine`` that ``theirs`` hold, too, as they are written.

    First those that stand in ``names`` (titles, keywords, a company's name), then the others, both in the order of
    ``telling``: folded words and pairs of them, the most telling first.
    """
    held, named = runs_of(theirs), runs_of(names)
    whole = {name.lower() for name in names}
    found = [run for run in _shared(mine, held) if _tells(run) and (" " in run or _is_name(run, named, whole))]
    kept = [run for run in found if not any(f" {run} " in f" {other} " for other in found if other != run)]
    place = {term: place for place, term in enumerate(telling)}
    kept.sort(key=lambda run: (run not in named, min(place.get(term, len(place)) for term in _terms(run))))
    return [_as_name(run, mine) for run in kept]


def _as_name(run: str, mine: Iterable[str]) -> str:
    """With capitals where a text writes the whole run so ("Mang Yang")."""
    name = run.title() if run.islower() and " " in run else run
    return name if any(name in nfc(text or "") for text in mine) else run


def _terms(run: str) -> list[str]:
    words = search_key(run).split()
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]


def runs_of(texts: Iterable[str]) -> set[str]:
    """Each run of up to six words that stands within a clause."""
    return {
        " ".join(words[start : start + length])
        for words in _clauses(texts)
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(words) - length + 1)
    }


def _clauses(texts: Iterable[str]) -> Iterator[list[str]]:
    """The words between signs and figures; small letters, but for names like NIR."""
    for text in texts:
        for clause in BETWEEN_CLAUSES.split(nfc(text or "")):
            words = WORD.findall(clause)
            yield [word if word.isupper() and len(word) > 1 else word.lower() for word in words]


def _shared(mine: Iterable[str], held: Collection[str]) -> list[str]:
    """The longest runs that are held, from left to right, without loose ends; each once."""
    found: dict[str, None] = {}
    for words in _clauses(mine):
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + LONGEST_RUN), start, -1)
            end = next((end for end in ends if " ".join(words[start:end]) in held), start)
            if run := _without_loose_ends(words[start:end]):
                found[" ".join(run)] = None
            start = max(end, start + 1)
    return list(found)


def _without_loose_ends(words: list[str]) -> list[str]:
    tight = [place for place, word in enumerate(words) if word.lower() not in LOOSE]
    return words[tight[0] : tight[-1] + 1] if tight else []


def _tells(run: str) -> bool:
    """Words of grammar and what all say count, but tell nobody why."""
    words = search_key(run).split()
    return all(word.isalpha() and len(word) > 1 for word in words) and not (GRAMMAR | WEAK).issuperset(words)


def _is_name(word: str, named: Collection[str], whole: Collection[str]) -> bool:
    """A syllable alone stands for many words, so it must be a whole name ("bơ")."""
    return word in (whole if is_syllable(search_key(word)) else named)

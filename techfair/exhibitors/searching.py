"""Search without accents: a folded text stored beside each record, and the words asked of it.

Plain LIKE over the stored key gives the same hits on SQLite and PostgreSQL. This is the only place that
knows how a record is found.
"""

from secrets import choice

from sqlalchemy import ColumnElement, and_, case, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from techfair.core.database import like
from techfair.core.vietnamese import clean_line, search_key
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs import provinces, sectors

MOST_WORDS, LONGEST_REF = 12, 60
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another

Text = InstrumentedAttribute[str]


def key_of(*texts: str | None) -> str:
    """The folded text under which a record is found."""
    return search_key(" ".join(text for text in texts if text))


def of_company(company: Company) -> str:
    place = provinces.name_of(company.province_code, company.province_on) if company.province_code else ""
    names = (company.name_vi, company.name_en, company.short_name, company.tax_code, company.foreign_number)
    return key_of(*names, company.contact_name, place, company.address)


def of_technology(technology: Technology) -> str:
    texts = (technology.title_vi, technology.title_en, technology.summary_vi, technology.summary_en)
    return key_of(*texts, *(technology.keywords_vi or ()), *(technology.keywords_en or ()), *_sectors(technology))


def of_need(need: Need) -> str:
    texts = (need.title_vi, need.title_en, need.problem_vi, need.problem_en)
    return key_of(*texts, need.wanted_result_vi, need.wanted_result_en, *_sectors(need))


def _sectors(record: Technology | Need) -> list[str]:
    known = {sector.key: sector for sector in sectors.all_sectors()}
    mine = [known[row.sector] for row in record.sectors if row.sector in known]
    return [name for sector in mine for name in (sector.vi, sector.en)]


def found(text: str, *keys: Text) -> ColumnElement[bool]:
    """Whether every word of ``text`` stands in one of the keys; an empty text finds all.

    Signs alone ("*", "'") are no words and find nothing; % and _ are letters.
    """
    if not text.strip():
        return true()
    words = search_key(text).split()[:MOST_WORDS]
    if not words:
        return false()
    return and_(*(or_(*(key.like(f"%{like(word)}%", escape="\\") for key in keys)) for word in words))


def exact_first(text: str, *titles: Text) -> ColumnElement[int]:
    """Orders titles that hold ``text`` with its accents, as typed, before the others."""
    typed = clean_line(text.replace("\x00", " "))
    if not typed:
        return case((true(), 0))
    # SQLite compares only ASCII letters without regard to case, so the usual cases are asked for by name.
    spellings = {typed, typed.lower(), typed.upper(), typed.capitalize()}
    holds = [title.like(f"%{like(spelling)}%", escape="\\") for title in titles for spelling in sorted(spellings)]
    return case((or_(*holds), 0), else_=1)


def new_ref(title: str) -> str:
    """A name for addresses that lasts: words of the title for people, five letters against guessing twice."""
    words = "-".join(word for word in search_key(title).split() if word.isascii() and word.isalnum())
    return "-".join(
        part for part in (words[:LONGEST_REF].rstrip("-"), "".join(choice(LETTERS) for _ in range(5))) if part
    )

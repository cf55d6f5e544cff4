"""What a company or a record says, as the words and facts of its entry. Pure but for names of places and sectors."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from techfair.core.vietnamese import nfc, search_key
from techfair.exhibitors.catalogue.asking import INITIALS, INITIALS_MARK
from techfair.exhibitors.catalogue.models import BREAK
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, Technology
from techfair.fairs import provinces, sectors

Entry = dict[str, Any]
VIETNAM = timedelta(hours=7)  # a year begins at midnight there
LONGEST = 100  # letters of a word; PostgreSQL keeps no lexeme of 2,000
WORD = re.compile(r"\w+")


def of_technology(technology: Technology, company: Company) -> Entry:
    keywords = [*(technology.keywords_vi or ()), *(technology.keywords_en or ())]
    return {
        "kind": "technology",
        **_titles(technology.title_vi, technology.title_en),
        "keyword_words": words_of(keywords),
        "summary_words": words_of((technology.summary_vi, technology.summary_en)),
        "body_words": words_of([*_lines(technology, "description", "advantages"), *_further(technology)]),
        "initials": _initials((technology.title_vi, technology.summary_vi, *(technology.keywords_vi or ()))),
        "readiness": technology.readiness,
        **_of_record(technology, company),
    }


def of_need(need: Need, company: Company) -> Entry:
    return {
        "kind": "need",
        **_titles(need.title_vi, need.title_en),
        "keyword_words": BREAK,
        "summary_words": words_of((need.problem_vi, need.problem_en)),
        "body_words": words_of([*_lines(need, "wanted_result"), *_further(need)]),
        "initials": _initials((need.title_vi, need.problem_vi)),
        "readiness": need.lowest_readiness,
        **_of_record(need, company),
    }


def _further(record: Technology | Need) -> list[str]:
    """The further texts in sentences; what is a key, a number or an address is no text."""
    told = sorted((record.further or {}).items())
    return [text for name, text in told if isinstance(text, str) and name.endswith(("_vi", "_en"))]


def of_company(company: Company) -> Entry:
    contact = company.contact_name if company.contact_is_public else ""
    names = (company.short_name, company.tax_code, company.foreign_number, contact)
    return {
        "kind": "exhibitor",
        **_titles(company.name_vi, company.name_en),
        "keyword_words": words_of(names),
        "summary_words": words_of((company.profile_vi, company.profile_en)),
        "body_words": words_of((company.address,)),
        "initials": _initials((company.name_vi, company.short_name)),
        "readiness": None,
        "transfer_forms": "",
        **_since(company.created_at),
        "company_words": words_of((_place(company),)),
        **_of_anything(company, company),
    }


def of_expert(expert: Expert, company: Company) -> Entry:
    return {
        "kind": "expert",
        **_titles(expert.name, expert.name),
        "keyword_words": words_of((expert.position_vi, expert.position_en)),
        "summary_words": words_of((expert.summary_vi, expert.summary_en)),
        "body_words": BREAK,
        "initials": _initials((expert.name,)),
        "readiness": None,
        "transfer_forms": "",
        **_since(expert.published_at),
        "company_words": words_of((company.name_vi, company.name_en, company.short_name, _place(company))),
        **_of_anything(expert, company),
    }


def _of_record(record: Technology | Need, company: Company) -> Entry:
    return {
        "transfer_forms": listed(record.transfer_forms or ()),
        **_since(record.published_at),
        "company_words": words_of((company.name_vi, company.name_en, company.short_name, _place(company))),
        **_of_anything(record, company),
    }


def _of_anything(record: Technology | Need | Company | Expert, company: Company) -> Entry:
    keys = [row.sector for row in record.sectors]
    return {
        "record_id": record.id,
        "company_id": company.id,
        "ref": record.public_ref,
        "sectors": listed(keys),
        "sector_words": words_of(_sector_names(keys)),
        "country": company.country,
        "province": _place(company),
    }


def _since(published_at: datetime | None) -> Entry:
    return {
        "published": int(published_at.timestamp()) if published_at else 0,
        "year": published_at and (published_at + VIETNAM).year,
    }


def _titles(vi: str, en: str) -> Entry:
    accented = " ".join(WORD.findall(nfc(vi).lower()))
    return {
        "title_vi": vi,
        "title_en": en,
        "accented": f" {accented} ",
        "title_words": words_of((vi, en)),
        "sort_key": search_key(vi)[:80],
    }


def _lines(record: Any, *names: str) -> list[str]:
    return [getattr(record, f"{name}_{language}") for name in names for language in ("vi", "en")]


def words_of(texts: Iterable[str | None]) -> str:
    """Folded words, the texts apart: "| may say | dryer |"."""
    lines = [_folded(line).split() for text in texts if text for line in text.splitlines()]
    return " ".join([BREAK, *(word[:LONGEST] for words in lines if words for word in (*words, BREAK))])


def listed(keys: Sequence[str]) -> str:
    """Keys between blanks, in an order that does not depend on who wrote them."""
    return f" {' '.join(sorted(keys))} " if keys else ""


@lru_cache(4096)
def _folded(line: str) -> str:
    """Names of companies, sectors and places come again with each of their records."""
    return search_key(line)


def _initials(texts: Iterable[str]) -> str:
    found = {INITIALS_MARK + initials for text in texts for initials in _initials_of(search_key(text or ""))}
    return " ".join([BREAK, *sorted(found), BREAK])


def _initials_of(key: str) -> Iterator[str]:
    words = key.split()
    for length in INITIALS:
        for start in range(len(words) - length + 1):
            yield "".join(word[0] for word in words[start : start + length])


def _sector_names(keys: Sequence[str]) -> list[str]:
    known = sectors.by_key()
    return [name for key in keys if key in known for name in (known[key].vi, known[key].en)]


def _place(company: Company) -> str:
    return provinces.name_of(company.province_code, company.province_on) if company.province_code else ""

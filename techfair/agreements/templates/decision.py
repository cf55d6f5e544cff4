"""What an authority decides, as Decree 30/2020/NĐ-CP has it: legal bases first, then articles, then recipients."""

from typing import Any

from techfair.agreements.amending.words import ABOUT as CHANGED
from techfair.agreements.models import Agreement
from techfair.agreements.templates import fields
from techfair.core import clock

BASES = "legal_bases"
ABOUT = "Về việc chấp thuận chủ trương đầu tư dự án {subject}"


def of(agreement: Agreement) -> dict[str, Any] | None:
    """What the official layout shows beside the articles; None for every other kind."""
    if agreement.kind != "investment_decision":
        return None
    issuing, known = agreement.parties[0], fields.of(agreement)
    bases = {locale: _bases(agreement, locale, known) for locale in ("vi", "en")}
    head = " ".join(part for part in (issuing.representative_title, issuing.name_vi) if part)
    return {
        "issuer": issuing.name_vi,
        "authority": head,
        "signs_for": f"TM. {issuing.name_vi}",
        "place_and_date": _place_and_date(agreement),
        "about": (CHANGED[agreement.change.deed] if agreement.change else ABOUT).format(subject=agreement.subject_vi),
        "bases": bases["vi"].splitlines(),
        "bases_en": bases["en"],
        "recipients": [*(party.name_vi for party in agreement.parties[1:]), "Lưu: VT."],
    }


def without_bases(agreement: Agreement) -> list[dict[str, str]]:
    """The clauses that are articles: the legal bases of a decision stand before them."""
    if agreement.kind != "investment_decision":
        return agreement.clauses
    articles = [clause for clause in agreement.clauses if not _is_basis(clause)]
    return articles or agreement.clauses


def _bases(agreement: Agreement, locale: str, known: dict[str, str]) -> str:
    texts = [clause[f"text_{locale}"] for clause in agreement.clauses if _is_basis(clause)]
    return fields.filled("\n".join(texts), locale, known)


def _is_basis(clause: dict[str, str]) -> bool:
    return clause.get("covers") == BASES


def _place_and_date(agreement: Agreement) -> str:
    """The day on which the text was settled, or known to be signed."""
    day = agreement.signed_on or clock.today(agreement.fair.timezone)
    place = agreement.place.split(",")[0].strip()
    date = f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
    return f"{place}, {date}" if place else date[0].upper() + date[1:]

"""The twelve agreements and ten investment projects, completed and signed."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from techfair.agreements import documents, filing
from techfair.agreements.deal.models import AgreementTechnology, Milestone
from techfair.agreements.drafting import READABLE, SYMBOLS
from techfair.agreements.models import Agreement, InvestmentProject, Party, Signature
from techfair.demo import source
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

AUTHORITY = "Ủy ban nhân dân tỉnh Gia Lai", "People's Committee of Gia Lai Province"


def agree(fair: Fair, companies: dict[str, Company]) -> None:
    """Agreements between companies, and the projects that the province decided on or noted."""
    records = source.published()
    numbered = enumerate(records["agreements"] + records["investments"], start=1)
    made = []
    for number, told in numbered:
        agreement = _investment(fair, told) if "investor" in told else _transfer(fair, told)
        agreement.number = f"{number:02}/2019/{SYMBOLS[told['kind']]}"
        _complete(agreement, told, number)
        _plan(agreement, number)
        agreement.frozen_digest = ""  # until the document is made, below
        agreement.parties = _parties(fair, told, companies)
        db.session.add(agreement)
        db.session.flush()
        _sign(agreement)
        made.append(agreement.id)
    db.session.flush()
    filing.store(map(documents.load, made))


def _transfer(fair: Fair, told: source.Record) -> Agreement:
    technology = db.session.scalars(db.select(Technology).filter_by(public_ref=told["technology"])).one()
    return Agreement(
        fair_id=fair.id,
        kind=told["kind"],
        subject_vi=told["subject_vi"],
        subject_en=told["subject_en"],
        sector=told["sector"],
        partner_country=told["partner_country"],
        technologies=[AgreementTechnology(position=1, technology_id=technology.id)],
        place="Pleiku",
    )


def _investment(fair: Fair, told: source.Record) -> Agreement:
    project = InvestmentProject(
        fair_id=fair.id,
        name_vi=told["project_vi"],
        name_en=told["project_en"],
        area=told["area"],
        province_code=told["province"],
        sector=told["sector"],
    )
    db.session.add(project)
    db.session.flush()
    return Agreement(
        fair_id=fair.id,
        kind=told["kind"],
        subject_vi=told["project_vi"],
        subject_en=told["project_en"],
        sector=told["sector"],
        project_id=project.id,
        place=told["area"],
    )


def _complete(agreement: Agreement, told: source.Record, number: int) -> None:
    signed_on = date.fromisoformat(told["on"])
    agreement.value = agreement.value_vnd = told["value_vnd"]
    agreement.value_currency = "VND"
    agreement.signed_on, agreement.state = signed_on, "completed"
    agreement.completed_at = datetime.combine(signed_on, time(9), UTC)
    agreement.created_at = agreement.completed_at - timedelta(days=3)
    agreement.code = "".join(Random(f"{source.SLUG} {number}").choices(READABLE, k=10))


def _plan(agreement: Agreement, number: int) -> None:
    """Made-up land and schedule: an official decision names both, a transfer its steps."""
    signed_on = agreement.signed_on or date(2019, 11, 24)
    if agreement.project_id is not None:
        agreement.area_m2 = 80_000 + 17_500 * number
    agreement.milestones = [
        Milestone(
            position=position,
            due_on=signed_on + timedelta(days=days),
            title_vi=title_vi,
            title_en=title_en,
            measure=measure,
            planned=planned,
        )
        for position, (days, title_vi, title_en, measure, planned) in enumerate(_steps(agreement, number), start=1)
    ]


def _steps(agreement: Agreement, number: int) -> tuple[tuple[int, str, str, str, int | None], ...]:
    """Days after the signing, words in both languages, what is counted and how much."""
    value = agreement.value or 0
    if agreement.project_id is not None:
        return (
            (365, "Hoàn thành thủ tục đất đai, môi trường", "Land and environment procedures completed", "step", None),
            (730, "Giải ngân 40% vốn", "40% of the capital disbursed", "capital", value * 2 // 5),
            (1095, "Đưa dự án vào hoạt động", "Project in operation", "jobs", 20 + 5 * number),
        )
    return (
        (330, "Bàn giao và vận hành thử công nghệ", "Technology handed over and in trial operation", "technology", 1),
        (700, "Thanh toán đủ giá trị chuyển giao", "Transfer paid in full", "capital", value),
    )


def _parties(fair: Fair, told: source.Record, companies: dict[str, Company]) -> list[Party]:
    if "investor" in told:
        head = {"representative": "Nguyễn Thành Trung", "representative_title": "Chủ tịch"}
        authority = Party(position=1, name_vi=AUTHORITY[0], name_en=AUTHORITY[1], email="ubnd@example.vn", **head)
        return [authority, _party(companies[told["investor"]], 2)]
    return [_party(companies[told["company"]], 1), _party(companies[told["partner"]], 2)]


def _party(company: Company, position: int) -> Party:
    return Party(
        position=position,
        company_id=company.id,
        name_vi=company.name_vi,
        name_en=company.name_en,
        tax_code=company.tax_code or "",
        representative=company.contact_name,
        representative_title=company.contact_title_vi,
        email=company.contact_email,
        language=company.language,
    )


def _sign(agreement: Agreement) -> None:
    for party in agreement.parties:
        signature = Signature(agreement_id=agreement.id, party_id=party.id, signer_name=party.representative)
        signature.signer_email, signature.state, signature.signed_at = party.email, "signed", agreement.completed_at
        db.session.add(signature)

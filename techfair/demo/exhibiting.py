"""The companies, their booths, what they offer and what they look for; one more company waits for an answer."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from techfair.demo import people, source
from techfair.exhibitors import searching
from techfair.exhibitors.catalogue import keeping
from techfair.exhibitors.contacts.models import CompanyContact
from techfair.exhibitors.models import Application, BoothAssignment, Company, CompanySector, Exhibitor
from techfair.exhibitors.record_models import Need, NeedSector, Technology, TechnologySector
from techfair.extensions import db
from techfair.fairs.floor.models import Booth
from techfair.fairs.models import Fair

BOOTHS_EACH = 3
HALLS = ({"food", "agri", "aqua", "forestry"}, {"mech", "elec", "iot", "ict"}, {"energy", "env", "materials"})
APPROVED_AT = datetime(2019, 10, 15, 2, 0, tzinfo=UTC)
PUBLISHED_AT = datetime(2019, 11, 10, 2, 0, tzinfo=UTC)
PROVINCES_ON = date(2019, 11, 24)  # by whose list the data's province codes are read
PROPERTY_KINDS = {"patent": "invention", "software_copyright": "copyright", "know_how": "trade_secret"}
COLLEAGUES = (("sales", "Phụ trách kinh doanh", "Head of sales"), ("technical", "Kỹ sư", "Engineer"))
STAGES = {"references": "production"}


def exhibit(fair: Fair) -> dict[str, Company]:
    """All companies as approved exhibitors with booths and published records; by their id in the data."""
    companies = {told["id"]: _company(told) for told in source.companies()}
    db.session.add_all(companies.values())
    db.session.flush()
    db.session.add_all(_colleagues(companies.values()))
    _give_booths(fair, _approved(fair, companies.values()))
    db.session.add_all(_technology(told, companies[told["company"]]) for told in source.technologies())
    db.session.add_all(_need(told, companies[told["company"]]) for told in source.needs())
    _applicant(fair)
    db.session.flush()
    keeping.rebuild()
    return companies


def _company(told: source.Record) -> Company:
    contact = told["contact"]
    company = Company(
        public_ref=told["id"],
        **{key: told[key] for key in ("name_vi", "name_en", "short_name", "kind", "country", "tax_code", "size")},
        province_code=told["province"],
        province_on=PROVINCES_ON,
        profile_vi=told["profile_vi"],
        profile_en=told["profile_en"],
        contact_name=contact["name"],
        contact_title_vi=contact["title_vi"],
        contact_title_en=contact["title_en"],
        contact_email=contact["email"],
        contact_phone=contact["phone"],
        contact_is_public=True,
        language="vi" if told["country"] == "VN" else "en",
        sectors=[CompanySector(sector=sector) for sector in told["sectors"]],
    )
    company.search_key = searching.of_company(company)
    return company


def _colleagues(companies: Iterable[Company]) -> Iterator[CompanyContact]:
    """Of three companies from Vietnam one has one person beside its main contact, one has two, one has none."""
    for number, company in enumerate(company for company in companies if company.country == "VN"):
        for mailbox, title_vi, title_en in COLLEAGUES[: number % 3]:
            yield CompanyContact(
                company_id=company.id,
                name=people.name(Random(f"{mailbox} {company.public_ref}")),
                title_vi=title_vi,
                title_en=title_en,
                email=f"{mailbox}@{company.contact_email.partition('@')[2]}",
                is_public=mailbox == "sales",
            )


def _approved(fair: Fair, companies: Iterable[Company]) -> list[Exhibitor]:
    """Exhibitors in the order of the halls, so that neighbours show alike."""
    exhibitors = []
    for company in sorted(companies, key=_hall):
        application = Application(fair_id=fair.id, company_id=company.id, state="approved", decided_at=APPROVED_AT)
        application.submitted_at = APPROVED_AT - timedelta(days=9)
        exhibitors.append(Exhibitor(fair_id=fair.id, company_id=company.id, approved_at=APPROVED_AT))
        db.session.add(application)
    db.session.add_all(exhibitors)
    db.session.flush()
    return exhibitors


def _hall(company: Company) -> int:
    """Where a company belongs: the number of the hall that is for one of its sectors."""
    sectors = {row.sector for row in company.sectors}
    return next((number for number, shown in enumerate(HALLS) if sectors & shown), len(HALLS))


def _give_booths(fair: Fair, exhibitors: list[Exhibitor]) -> None:
    """Three booths side by side each; the last booths of the plan stay free."""
    booths = list(db.session.scalars(db.select(Booth.id).filter_by(fair_id=fair.id).order_by(Booth.code)))
    for number, exhibitor in enumerate(exhibitors):
        for booth_id in booths[number * BOOTHS_EACH : (number + 1) * BOOTHS_EACH]:
            db.session.add(BoothAssignment(booth_id=booth_id, exhibitor_id=exhibitor.id, changed_at=APPROVED_AT))


def _technology(told: source.Record, company: Company) -> Technology:
    owned, price = told["ip"] or {}, told["price"]
    kind = owned.get("kind", "")
    technology = Technology(
        public_ref=told["id"],
        company_id=company.id,
        state="published",
        published_at=PUBLISHED_AT,
        **{f"{key}_{ln}": told[f"{key}_{ln}"] for key in ("title", "summary", "description") for ln in ("vi", "en")},
        advantages_vi="\n".join(told["advantages_vi"]),
        advantages_en="\n".join(told["advantages_en"]),
        keywords_vi=told["keywords_vi"],
        keywords_en=told["keywords_en"],
        readiness=told["readiness"],
        stage=STAGES.get(told["stage_of_use"], told["stage_of_use"]),
        transfer_forms=told["transfer_forms"],
        property_kind=PROPERTY_KINDS.get(kind, kind),
        property_number=owned.get("number") or "",
        price_kind=price["kind"],
        price_low=price["from"],
        price_high=price["to"],
        price_currency=price["currency"],
        further={"stage_year": told["stage_year"], "property_state": owned.get("state", "")},
        sectors=[TechnologySector(sector=sector) for sector in told["sectors"]],
    )
    technology.search_key = searching.of_technology(technology)
    return technology


def _need(told: source.Record, company: Company) -> Need:
    texts = ("title", "problem", "wanted_result")
    need = Need(
        public_ref=told["id"],
        company_id=company.id,
        state="published",
        published_at=PUBLISHED_AT,
        **{f"{key}_{language}": told[f"{key}_{language}"] for key in texts for language in ("vi", "en")},
        lowest_readiness=told["lowest_readiness"],
        budget_low=told["budget"]["from"],
        budget_high=told["budget"]["to"],
        budget_currency=told["budget"]["currency"],
        deadline_on=date.fromisoformat(told["deadline"]),
        transfer_forms=told["transfer_forms"],
        further={key: told[key] for key in told if key.startswith(("present_technology", "constraints"))},
        sectors=[NeedSector(sector=sector) for sector in told["sectors"]],
    )
    need.search_key = searching.of_need(need)
    return need


def _applicant(fair: Fair) -> None:
    """A company that waits for the organizer's answer, so that there is something to decide."""
    company = Company(
        public_ref="c161",
        name_vi="Hợp tác xã Cà phê và Du lịch cộng đồng Ia Mơ Nông",
        name_en="Ia Mo Nong Coffee and Community Tourism Cooperative",
        short_name="HTX Ia Mơ Nông",
        kind="cooperative",
        province_code="64",
        province_on=PROVINCES_ON,
        tax_code="5999899917",
        size="small",
        profile_vi="Hợp tác xã của 46 hộ trồng cà phê chè ở Chư Păh, tự rang xay từ năm 2017.",
        profile_en="A cooperative of 46 arabica growers in Chu Pah that has roasted its own coffee since 2017.",
        contact_name="Rơ Châm H'Lan",
        contact_title_vi="Giám đốc",
        contact_title_en="Director",
        contact_email="contact@ia-mo-nong.example.vn",
        contact_is_public=True,
        sectors=[CompanySector(sector="food")],
    )
    company.search_key = searching.of_company(company)
    db.session.add(company)
    db.session.flush()
    exhibits = "Máy rang cà phê 15 kg tự chế tạo và cà phê đặc sản Ia Mơ Nông. Cần một gian hàng có điện ba pha."
    application = Application(fair_id=fair.id, company_id=company.id, state="submitted", exhibits=exhibits)
    application.booth_wish, application.submitted_at = (
        "Gần khu chế biến nông sản",
        datetime(2019, 11, 18, 3, tzinfo=UTC),
    )
    db.session.add(application)

"""The open call of the demo: conditions, questions, and companies that wait, were sent back or were declined."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from techfair.accounts import people
from techfair.accounts.models import UnitRole, User
from techfair.core import audit, clock
from techfair.demo.exhibiting import PROVINCES_ON
from techfair.exhibitors import searching
from techfair.exhibitors.call.models import CallAcceptance, CallAnswer, CallQuestion, CallTerms
from techfair.exhibitors.models import Application, Company, CompanyMember, CompanySector
from techfair.exhibitors.reviewing.models import ApplicationNote, ApplicationReviewer
from techfair.extensions import db
from techfair.fairs.models import Fair

REVIEWER = ("tham-dinh@example.vn", "Trần Minh Quân")
TERMS_VI = (
    "Đơn vị trưng bày công nghệ, thiết bị do mình làm chủ hoặc được phép chuyển giao.\n"
    "Gian hàng có người trực suốt thời gian hội chợ.\nKhông bán hàng tiêu dùng tại gian."
)
TERMS_EN = (
    "You show technologies and equipment that you own or may transfer.\n"
    "The booth is attended throughout the fair.\nNo consumer goods are sold at the booth."
)
QUESTIONS = (
    ("number", "Quý đơn vị mang bao nhiêu hiện vật?", "How many exhibits do you bring?", (), True),
    (
        "one",
        "Thiết bị nặng nhất?",
        "How heavy is the heaviest of them?",
        (("light", "Dưới 100 kg", "Under 100 kg"), ("heavy", "Trên 100 kg", "Over 100 kg")),
        True,
    ),
    ("text", "Quý đơn vị muốn gặp đối tác nào?", "Which partners do you want to meet?", (), False),
)


@dataclass(frozen=True)
class Applicant:
    """A company that applied, what it says, and what became of it."""

    name_vi: str
    name_en: str
    kind: str
    place: str  # a province's code, or a country's
    sector: str
    exhibits: str
    state: str = "submitted"
    reason: str = ""
    note: str = ""
    partners: str = ""
    is_mine: bool = False  # the organizer reviews it; else the reviewer, or nobody yet


APPLICANTS = (
    Applicant(
        "Công ty cổ phần Năng lượng xanh Kon Plông",
        "Kon Plong Green Energy JSC",
        "firm",
        "62",
        "energy",
        "Bộ sấy nông sản bằng năng lượng mặt trời, công suất 300 kg một ngày.",
        note="Đã gọi ngày 15/11: thiết bị đã chạy ở ba hợp tác xã. Nên duyệt.",
        partners="Hợp tác xã cà phê, hồ tiêu",
        is_mine=True,
    ),
    Applicant(
        "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ tỉnh Bà Rịa - Vũng Tàu",
        "Ba Ria - Vung Tau Centre for the Application of Advances in Science and Technology",
        "centre",
        "77",
        "agri",
        "Mô hình tưới tiết kiệm nước điều khiển từ xa cho vườn 5 ha.",
        partners="Trung tâm ứng dụng của các tỉnh",
    ),
    Applicant(
        "Daehan Farm Robotics",
        "Daehan Farm Robotics",
        "firm",
        "KR",
        "agri",
        "Robot hái quả và phần mềm nhận dạng độ chín.",
        note="Hỏi lại về phiên dịch tiếng Hàn tại gian.",
    ),
    Applicant(
        "Hợp tác xã Hồ tiêu Chư Pưh",
        "Chu Puh Pepper Cooperative",
        "cooperative",
        "64",
        "food",
        "Dây chuyền tách vỏ, phân loại tiêu sọ.",
        "returned",
        "Đề nghị bổ sung bản vẽ dây chuyền và công suất điện.",
    ),
    Applicant(
        "Công ty TNHH Vật liệu Nano Tây Sơn",
        "Tay Son Nano Materials Co., Ltd.",
        "firm",
        "52",
        "materials",
        "Màng phủ bảo quản trái cây từ chitosan.",
        "waiting",
    ),
    Applicant(
        "Công ty TNHH Hàng tiêu dùng Phú Quý",
        "Phu Quy Consumer Goods Co., Ltd.",
        "firm",
        "79",
        "materials",
        "Đồ gia dụng, quà tặng.",
        "declined",
        "Hội chợ trưng bày công nghệ; hàng tiêu dùng không thuộc phạm vi.",
    ),
)


def receive(fair: Fair) -> None:
    """The call and its applicants, the earliest handed in first."""
    organizer = people.person("organizer@example.vn", "")
    reviewer = people.person(*REVIEWER)
    db.session.add(UnitRole(user_id=reviewer.id, unit_id=fair.unit_id, role="staff", grants=["exhibitors"]))
    terms = CallTerms(fair_id=fair.id, version=1, text_vi=TERMS_VI, text_en=TERMS_EN, set_at=_day(1))
    questions = list(_questions(fair))
    db.session.add_all([terms, *questions])
    db.session.flush()
    for number, told in enumerate(APPLICANTS, 1):
        with clock.held_at(_day(10 + number)):
            user = people.person(f"contact{number}@applicants.example.vn", "Nguyễn Thanh Bình")
            application = _application(fair, told, user, f"c{161 + number}")
            _answers(application, questions, told, number)
            db.session.add(CallAcceptance(application_id=application.id, terms_id=terms.id, accepted_by_id=user.id))
        with clock.held_at(_day(10 + number, hour=8)):
            _review(application, told, organizer, reviewer)


def _day(day: int, hour: int = 3) -> datetime:
    return datetime(2019, 11, day, hour, tzinfo=UTC)


def _questions(fair: Fair) -> Iterator[CallQuestion]:
    for place, (kind, text_vi, text_en, choices, is_required) in enumerate(QUESTIONS, 1):
        listed = [{"key": key, "vi": vi, "en": en} for key, vi, en in choices]
        texts = {"text_vi": text_vi, "text_en": text_en, "choices": listed, "is_required": is_required}
        yield CallQuestion(fair_id=fair.id, place=place, kind=kind, **texts)


def _application(fair: Fair, told: Applicant, user: User, ref: str) -> Application:
    is_abroad = told.place.isalpha()
    company = Company(
        public_ref=ref,
        name_vi=told.name_vi,
        name_en=told.name_en,
        kind=told.kind,
        country=told.place if is_abroad else "VN",
        province_code=None if is_abroad else told.place,
        province_on=PROVINCES_ON,
        size="small",
        contact_name=user.full_name,
        contact_email=user.email,
        language="en" if is_abroad else "vi",
        sectors=[CompanySector(sector=told.sector)],
    )
    company.search_key = searching.of_company(company)
    db.session.add_all([company, CompanyMember(company=company, user_id=user.id)])
    db.session.flush()
    given = {"exhibits": told.exhibits, "booth_wish": "Gần lối vào", "submitted_at": clock.now()}
    application = Application(fair_id=fair.id, company_id=company.id, state="submitted", **given)
    db.session.add(application)
    audit.record("application.submitted", application, by=user)
    return application


def _answers(application: Application, questions: list[CallQuestion], told: Applicant, number: int) -> None:
    said = ([str(number + 1)], ["heavy" if number % 2 else "light"], [told.partners] if told.partners else [])
    db.session.add_all(
        CallAnswer(application_id=application.id, question_id=question.id, said=answer)
        for question, answer in zip(questions, said, strict=True)
        if answer
    )


def _review(application: Application, told: Applicant, organizer: User, reviewer: User) -> None:
    """Whom it was given to, what was noted, what was decided."""
    if told.note or told.is_mine:
        by = organizer if told.is_mine else reviewer
        db.session.add(ApplicationReviewer(application_id=application.id, user_id=by.id))
        db.session.add(ApplicationNote(application_id=application.id, author_id=by.id, text=told.note))
    if told.state != "submitted":
        application.move_to(told.state)
        application.reason, application.decided_by_id = told.reason, organizer.id
        application.decided_at = clock.now()
        audit.record(f"application.{told.state}", application, by=organizer, reason=told.reason)

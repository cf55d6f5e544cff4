"""An agreement that never was, to see a template in print."""

from datetime import timedelta

from techfair.agreements.deal.models import Milestone
from techfair.agreements.models import Agreement, Party
from techfair.agreements.templates.models import AgreementTemplate
from techfair.core import clock
from techfair.fairs.models import Fair

SIDES = (
    ("Ủy ban nhân dân tỉnh Gia Lai", "People’s Committee of Gia Lai Province", "Nguyễn Văn A", "Chủ tịch"),
    ("Công ty TNHH Cơ khí Cao Nguyên", "Cao Nguyen Machinery Co., Ltd.", "H’Bia Êban", "Giám đốc"),
)


def agreement(fair: Fair, template: AgreementTemplate) -> Agreement:
    """A draft by the template; it belongs to no session and is never kept."""
    today = clock.today(fair.timezone)
    return Agreement(
        fair=fair,
        kind=template.kind,
        state="draft",
        number=f"00/{today.year}",
        code="XXXXXXXXXX",
        template=template,
        languages="both",
        content_format=2,
        clauses=template.clauses,
        subject_vi="Dây chuyền sấy cà phê 6 tấn một ngày",
        subject_en="Coffee drying line for 6 tonnes a day",
        value=24_500_000_000,
        value_currency="VND",
        value_vnd=24_500_000_000,
        is_confidential=False,
        place=fair.place_vi,
        area_m2=125_000,
        transfer_form="turnkey",
        valid_until_on=today + timedelta(days=365),
        created_at=clock.now(),
        technologies=[],
        milestones=[
            Milestone(title_vi="Chạy thử", title_en="Trial run", due_on=today + timedelta(days=180), measure="step")
        ],
        parties=[
            Party(
                position=position,
                name_vi=name_vi,
                name_en=name_en,
                representative=person,
                representative_title=title,
                tax_code="",
                address=fair.place_vi,
                email=f"{position}@example.vn",
            )
            for position, (name_vi, name_en, person, title) in enumerate(SIDES, start=1)
        ],
    )

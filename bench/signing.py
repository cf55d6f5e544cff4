"""What an agreement costs: rendering it, signing it, sealing it, verifying the finished file.

    python bench/signing.py [--times 20] [--agreements 100]

A bilingual memorandum of two pages between two parties, rendered by Typst, certified, signed twice with stamps, sealed,
then verified as a stranger's upload is. Each figure is the median in milliseconds on one core; the bounds are those
of the issue. The job is the organizer's own, "settle and seal all": it renders and certifies that many decisions, and
after two people have signed each (not counted) it seals them with their evidence. Baselines: the same pages without
certification (what rendering costs by itself), and the bare signature of the library without field, stamp and room
for a chain (what signing costs by itself).
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import current_app
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from sqlalchemy import func

from techfair import create_app
from techfair.agreements import documents, drafting, signing, stamps
from techfair.agreements.jobs import AT_ONCE
from techfair.agreements.kinds import standard_clauses
from techfair.agreements.models import Agreement, Party
from techfair.agreements.schemas import Deal, MilestoneInput, PartyInput
from techfair.agreements.sealing import authority, making, verifying
from techfair.agreements.sealing.findings import Trust
from techfair.agreements.sealing.identities import der
from techfair.agreements.sealing.making import Place, Say
from techfair.core import jobs, migrating, pdf
from techfair.extensions import db
from techfair.fairs.models import Fair, OrganizingUnit
from techfair.settings import Settings

MOST = {"render": 300.0, "sign": 250.0, "verify": 400.0}
MOST_OF_JOB = 60.0  # seconds for a hundred
NOW = datetime.now(UTC)
DECISION = Deal(
    subject_vi="Nhà máy chế biến cà phê",
    subject_en="A coffee mill",
    value=250_000_000_000,
    place="Pleiku, Gia Lai",
    area_m2=125_000,
    valid_until_on=date(2069, 1, 1),
    milestones=[MilestoneInput(title_vi="Khởi công", due_on=date(2030, 1, 1))],
)


def memorandum() -> dict[str, Any]:
    """What the program prints for a memorandum of two companies, in both languages."""
    unit = OrganizingUnit(name_vi="Sở Khoa học và Công nghệ tỉnh Gia Lai")
    sides = [("Công ty Cơ khí Đại Nguyên", "Đặng Thị Ngữ Ưởng"), ("한국기술 주식회사", "김민수")]
    agreement = Agreement(
        kind="memorandum",
        number="01/2019/BBGN",
        code="ABCDEFGHJK",
        subject_vi="Dây chuyền sấy cà phê",
        subject_en="A coffee drying line",
        value=24_500_000_000,
        value_currency="VND",
        state="frozen",
        languages="both",
        frozen_digest="0" * 64,
        clauses=standard_clauses("memorandum"),
        created_at=NOW,
        fair=Fair(unit=unit, timezone="Asia/Ho_Chi_Minh"),
        parties=[
            Party(position=n, name_vi=name, name_en=name, tax_code="9900000111", representative=person, email="")
            for n, (name, person) in enumerate(sides, start=1)
        ],
    )
    with TemporaryDirectory() as folder, create_app(Settings(instance=Path(folder))).app_context():
        return documents.data_of(agreement)


def by_job(count: int) -> tuple[float, float]:
    """Seconds of processor time in which one job renders and settles so many decisions, and another seals them."""
    with TemporaryDirectory() as folder, create_app(Settings(instance=Path(folder))).app_context():
        current_app.config["JOBS_BY_HAND"] = True
        migrating.upgrade()
        unit = OrganizingUnit(name_vi="Sở Khoa học và Công nghệ tỉnh Gia Lai", province_code="52")
        days = {"starts_on": date(2019, 11, 24), "ends_on": date(2019, 11, 25)}
        fair = Fair(unit=unit, number=1, slug="bench", name_vi="Hội chợ", place_vi="Pleiku", **days)
        db.session.add(fair)
        db.session.flush()
        for n in range(count):
            sides = [
                PartyInput(name_vi=name, representative=person, email=f"{side}{n}@example.vn")
                for side, (name, person) in enumerate([("UBND tỉnh Gia Lai", "Vân"), ("Nhà đầu tư", "Siu Lan")])
            ]
            drafting.draft(fair, "investment_decision", DECISION, sides, by=None)
        db.session.commit()
        settled = _timed(fair.id)
        person = authority.issue(authority.found(authority.name("CA"), NOW), authority.name("Võ Thanh Vân"), NOW)
        for id in db.session.scalars(db.select(Agreement.id)).all():
            agreement = documents.load(id)
            for signature in signing.signatures_of(agreement):
                signing.sign_by_certificate(signature, agreement, person)
            db.session.commit()
        sealed = _timed(fair.id)
        assert db.session.scalar(db.select(func.count()).where(Agreement.state == "completed")) == count
        return settled, sealed


def _timed(fair_id: int) -> float:
    job = jobs.start(AT_ONCE, fair_id=fair_id)
    db.session.commit()
    started = time.process_time()
    jobs.run(job.id)
    return time.process_time() - started


def median(work: Callable[[], object], times: int) -> float:
    """Milliseconds of processor time: other work on the machine does not count."""
    work()
    spent = []
    for _ in range(times):
        started = time.process_time()
        work()
        spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--agreements", type=int, default=100)
    given = parser.parse_args()
    times = given.times
    data, say = memorandum(), Say("Ký", "https://example.vn/verify/ABCDEFGHJK")
    root = authority.found(authority.name("CA"), NOW)
    seal, person = (authority.issue(root, authority.name(name), NOW) for name in ("Sở KH&CN", "Đặng Thị Ngữ Ưởng"))
    stamp = stamps.Stamp("Đặng Thị Ngữ Ưởng", ["08:00 24/11/2019"], stamps.Mark(typed="Đặng Thị Ngữ Ưởng"))

    def rendered() -> bytes:
        return pdf.render("agreement", data)

    def certified() -> bytes:
        room = [Place(**vars(place)) for place in pdf.signature_places("agreement", data)]
        return making.certify(rendered(), room, seal, say)

    def sign(file: bytes, field: str) -> bytes:
        return making.sign(file, field, person, say, lambda place: stamps.draw(stamp, place))

    def bare() -> object:
        return signers.sign_pdf(
            IncrementalPdfFileWriter(BytesIO(plain)), signers.PdfSignatureMetadata(field_name="A"), person.signer()
        )

    plain, settled = rendered(), certified()
    finished = sign(sign(sign(settled, "PartyA"), "PartyB"), "Seal")
    trust = Trust((der(root.certificate),))
    assert verifying.verify(finished, trust, datetime.now(UTC)).verdict == "good"
    found = {
        "render": median(certified, times),
        "sign": median(lambda: sign(settled, "PartyA"), times),
        "verify": median(lambda: verifying.verify(finished, trust, datetime.now(UTC)), times),
    }
    baselines = {"render": median(rendered, times), "sign": median(bare, times)}
    for name, value in found.items():
        beside = f"   baseline {baselines[name]:6.1f} ms" if name in baselines else ""
        print(f"{name:8} {value:6.1f} ms   at most {MOST[name]:.0f} ms{beside}")
    print(f"finished file {len(finished) / 1024:.0f} kB")
    settled, sealed = by_job(given.agreements)
    most = MOST_OF_JOB * given.agreements / 100
    print(f"job      {given.agreements} rendered {settled:.1f} s, sealed {sealed:.1f} s   both at most {most:.0f} s")
    return 0 if all(value <= MOST[name] for name, value in found.items()) and settled + sealed <= most else 1


if __name__ == "__main__":
    sys.exit(main())

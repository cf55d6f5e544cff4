"""Exhibitors at their booths, people whose badges they scan, and those people's own browsers."""

import io
from uuid import uuid4

import openpyxl
import pytest

from techfair.core import clock
from techfair.exhibitors import applications, companies
from techfair.extensions import db
from techfair.visitors import own
from techfair.visitors.leads.models import Lead
from techfair.visitors.models import Registration

EMAIL, PHONE = "bia@example.vn", "+84905123456"


@pytest.fixture
def make_exhibitor(fair, organizer, make_user):
    """Makes an approved exhibitor whose manager is ``<ref>@example.vn``."""

    def make(ref="dai-nguyen", name="Công ty Cơ khí Đại Nguyên"):
        user = make_user(f"{ref}@example.vn", full_name=f"Quản lý {ref}")
        company = companies.create(user, ["food"], name_vi=name, contact_email=user.email)
        company.public_ref = ref
        application = applications.start(fair, company, user, exhibits="Máy sấy")
        applications.submit(application, user)
        exhibitor = applications.approve(application, organizer)
        db.session.commit()
        return exhibitor, user

    return make


@pytest.fixture
def booth(make_exhibitor, sign_in, fair):
    """The exhibitor's people at work: ``booth.note(badge, rating=4)``."""
    return Booth(*make_exhibitor(), sign_in, fair)


class Booth:
    def __init__(self, exhibitor, user, sign_in, fair):
        self.exhibitor, self.user, self.fair = exhibitor, user, fair
        self.address = f"/exhibitor/leads/of/{exhibitor.id}"
        self.client = sign_in(user)

    def reading(self, code, **values):
        token = getattr(code, "token", code)
        return {"id": str(uuid4()), "code": token, "noted_at": clock.now().isoformat()} | values

    def send(self, *notes, client=None, **batch):
        return (client or self.client).post(self.address, json={"notes": notes} | batch)

    def note(self, code, **values):
        return self.send(self.reading(code, **values)).get_json()["results"][0]

    def leads(self):
        db.session.expire_all()
        return list(db.session.scalars(db.select(Lead).options(db.selectinload(Lead.notes)).order_by(Lead.id)))

    def told(self):
        """All that the exhibitor can see or take along."""
        pages = [self.client.get("/exhibitor/leads"), self.client.post("/exhibitor/leads/leads.vcf")]
        pages += [self.client.get(f"/exhibitor/leads/{lead.id}") for lead in self.leads()]
        book = openpyxl.load_workbook(io.BytesIO(self.client.post("/exhibitor/leads/leads.xlsx").data))
        cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
        return "\n".join([page.text for page in pages] + cells)


@pytest.fixture
def make_person(make_badge):
    def make(consents=("exhibitors_read",), name="H'Bia Siu", email=EMAIL):
        return make_badge(name, email=email, phone=PHONE, organisation="HTX Chư Sê", consents=frozenset(consents))

    return make


@pytest.fixture
def browser_of(app):
    """The browser of a registered person, by their id, with their own mailed link opened."""

    def opened(registration_id):
        browser = app.test_client()
        person = db.session.get_one(Registration, registration_id)
        browser.get("/me/" + own.address(person).partition("/me/")[2])
        return browser

    return opened

"""How badges look: a design and a colour for each kind, read by everybody, the code untouched."""

import io

import pypdf
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from techfair.core import pdf
from techfair.core.audit import AuditEntry
from techfair.extensions import db
from techfair.fairs import brand
from techfair.visitors import designs, own, printing
from techfair.visitors.designs import Look
from techfair.visitors.kiosk import locking
from techfair.visitors.models import DESIGNS, KINDS, BadgeDesign, Registration
from techfair.visitors.printing import Order

PAGE = "/organizer/fairs/gia-lai/visitors/print/designs"


def chosen(**looks):
    """The form as the page sends it, some kinds changed."""
    rows = [(kind, looks.get(kind, designs.usual(kind))) for kind in KINDS]
    return {
        f"looks-{number}-{name}": value
        for number, (kind, look) in enumerate(rows)
        for name, value in (("kind", kind), ("design", look.design), ("colour", look.colour))
    }


def test_an_organizer_chooses_for_one_kind_and_the_others_stay(as_organizer, fair):
    as_organizer.post(PAGE, data=chosen(vip=Look("side", "#7a0019")))
    db.session.expire_all()
    now = designs.looks(fair)
    assert (now["vip"], now["press"]) == (Look("side", "#7a0019"), designs.usual("press"))
    assert [row.kind for row in db.session.scalars(db.select(BadgeDesign))] == ["vip"]
    (entry,) = db.session.scalars(db.select(AuditEntry).filter_by(action="badges.designed"))
    assert entry.details == {"kinds": ["vip"]}


def test_back_to_the_usual_look_keeps_nothing(as_organizer, fair):
    as_organizer.post(PAGE, data=chosen(vip=Look("side", "#7a0019")))
    as_organizer.post(PAGE, data=chosen())
    assert db.session.scalars(db.select(BadgeDesign)).all() == []


@pytest.mark.parametrize("wrong", [{"looks-0-colour": "red"}, {"looks-0-design": "baroque"}])
def test_what_is_no_look_is_refused_and_changes_nothing(as_organizer, fair, wrong):
    assert as_organizer.post(PAGE, data=chosen() | wrong).status_code == 422
    assert db.session.scalars(db.select(BadgeDesign)).all() == []


@pytest.mark.same_everywhere
@pytest.mark.parametrize("design", DESIGNS)
def test_each_design_prints_name_kind_and_a_code_that_is_read(make_badge, fair, organizer, design):
    worn = make_badge("Đặng Thị Ngữ Ưởng", organisation="Hợp tác xã nông nghiệp Chư Sê", kind="press")
    designs.choose(fair, designs.looks(fair) | {"press": Look(design, "#1d3f8f")}, organizer)
    rows = db.session.execute(printing._valid(fair, Order())).all()
    (picture,) = pdf.pictures("badge", printing._data(fair, Order(), rows), ppi=200)
    assert zxingcpp.read_barcode(Image.open(io.BytesIO(picture))).text == worn.address
    text = pypdf.PdfReader(io.BytesIO(printing.print_all(fair, Order()))).pages[0].extract_text()
    assert [part for part in ("Ưởng", "Chư Sê", "BÁO CHÍ", fair.name.split()[0]) if part not in text] == []


@given(colour=some.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_the_word_on_any_colour_can_be_read(colour):
    assert brand.contrast(colour, Look("classic", colour).on_colour) >= 4.5


def test_each_kind_has_a_picture_and_nothing_else_has(as_organizer, fair):
    answer = as_organizer.get(f"{PAGE}/vip.png?design=banner&colour=%23f5b301")
    assert Image.open(io.BytesIO(answer.data)).format == "PNG"
    assert as_organizer.get(f"{PAGE}/king.png").status_code == 404


def test_the_picture_for_chat_apps_has_the_colour_too(make_badge, fair, organizer):
    worn = make_badge("An")
    designs.choose(fair, designs.looks(fair) | {"visitor": Look("classic", "#ff0000")}, organizer)
    person = db.session.get_one(Registration, worn.badge.registration_id)
    picture = Image.open(io.BytesIO(printing.picture(fair, worn.badge, person))).convert("RGB")
    assert picture.getpixel((20, 1330)) == (255, 0, 0)


def test_a_steward_and_another_fairs_organizer_choose_nothing(sign_in, steward, client, fair):
    assert sign_in(steward).post(PAGE, data=chosen()).status_code == 404
    assert "/sign-in" in client.get(PAGE).location


def test_the_badge_on_the_phone_has_the_chosen_design_and_words_that_are_read(app, make_badge, fair, organizer):
    worn = make_badge("An", kind="press")
    designs.choose(fair, designs.looks(fair) | {"press": Look("side", "#fffb00")}, organizer)
    person = db.session.get_one(Registration, worn.badge.registration_id)
    browser, path = app.test_client(), "/me/" + own.address(person).partition("/me/")[2]
    db.session.commit()
    page = browser.get(path, follow_redirects=True).text
    assert 'data-kind="press" data-band="4" data-design="side"' in page
    styles = browser.get("/fairs/gia-lai/badges.css").text
    assert '.badge[data-kind="press"] { --band: #fffb00; --on-band: #000000; }' in styles
    assert styles.count("--band:") == len(KINDS)


def test_a_kiosk_shows_the_look_of_badges(app, fair, organizer):
    client = app.test_client()
    with client.session_transaction() as session:
        session[locking.SESSION_KEY] = 1
    assert client.get("/fairs/gia-lai/badges.css").status_code == 200

"""What was shown at a fair stays at an address of its own, for people, search engines and messengers."""

import io
import json
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import zxingcpp
from defusedxml import ElementTree
from flask.testing import FlaskClient
from PIL import Image

from techfair.accounts.models import User
from techfair.exhibitors import needs, technologies
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def told(page: str) -> Any:
    """What a page says to search engines."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(data)


def test_a_fair_s_page_points_to_the_one_lasting_address(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    page = client.get(f"/fairs/gia-lai/technologies/{technology.public_ref}").text
    (canonical,) = re.findall(r'rel="canonical" href="([^"]+)"', page)
    lasting = client.get(canonical)
    assert lasting.status_code == 200
    assert f'rel="canonical" href="{canonical}"' in lasting.text
    assert canonical.endswith(f"/technologies/{technology.public_ref}")


def test_search_engines_read_a_technology_a_need_and_a_company(
    client: FlaskClient,
    exhibitor: Exhibitor,
    company: Company,
    manager: User,
    make_technology: Callable[..., Technology],
) -> None:
    title = "Máy sấy </script><b>"
    made = make_technology(title, price_kind="range", price_low=10, price_high=20)
    need = needs.create(
        company, manager, ["food"], title_vi="Hạt bị mốc", problem_vi="Mưa", wanted_result_vi="5 tấn", budget_low=5
    )
    needs.publish(need, manager)
    db.session.commit()
    product = told(client.get(f"/technologies/{made.public_ref}").text)
    assert (product["@type"], product["name"], product["additionalProperty"]["value"]) == ("Product", title, 9)
    assert (product["offers"]["lowPrice"], product["offers"]["highPrice"]) == ("10", "20")
    demand, seeker = told(client.get(f"/needs/{need.public_ref}").text)["@graph"]
    assert (demand["@type"], demand["name"], seeker["seeks"]["@id"]) == ("Demand", "Hạt bị mốc", demand["@id"])
    firm = told(client.get(f"/companies/{company.public_ref}").text)
    assert (firm["@type"], firm["address"]["addressCountry"]) == ("Organization", "VN")
    assert firm["makesOffer"][0]["itemOffered"]["url"] == product["url"]


def test_the_sitemap_leads_to_all_that_is_published_and_to_nothing_else(
    client: FlaskClient,
    exhibitor: Exhibitor,
    company: Company,
    manager: User,
    make_technology: Callable[..., Technology],
) -> None:
    shown, gone = make_technology("Máy sấy"), make_technology("Máy bơm")
    technologies.archive(gone, manager)
    db.session.commit()
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    files = [client.get(place.text) for place in index.iter(LOCATION)]
    listed = [place.text for file in files for place in ElementTree.fromstring(file.data).iter(LOCATION)]
    assert {client.get(address).status_code for address in listed} == {200}
    assert any(address.endswith(shown.public_ref) for address in listed)
    assert not any(address.endswith(gone.public_ref) for address in listed)
    assert "/sitemap.xml" in client.get("/robots.txt").text


def test_nothing_of_a_draft_or_of_an_unpublished_fair_is_shown(
    client: FlaskClient,
    as_manager: FlaskClient,
    exhibitor: Exhibitor,
    fair: Fair,
    company: Company,
    technology: Technology,
    manager: User,
) -> None:
    address, picture = f"/technologies/{technology.public_ref}", f"/technologies/{technology.public_ref}/vi.png"
    fair.state = "draft"
    db.session.commit()
    firm = f"/companies/{company.public_ref}"
    for place in (address, picture, firm):
        assert client.get(place).status_code == as_manager.get(place).status_code == 404
    assert technology.title_vi not in client.get("/technologies").text


def test_messengers_get_a_picture_in_each_language_that_is_drawn_anew_when_the_title_changes(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology
) -> None:
    ref = technology.public_ref
    (address,) = re.findall(r'property="og:image" content="([^"]+)"', client.get(f"/technologies/{ref}").text)
    first = client.get(address)
    picture = Image.open(io.BytesIO(first.data))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    technology.title_vi = "Ưởng Ễ Ẵ"
    db.session.commit()
    assert client.get(address).headers["ETag"] != first.headers["ETag"]


def test_the_catalogue_of_all_fairs_counts_each_fair_in_few_statements(
    client: FlaskClient,
    exhibitor: Exhibitor,
    make_fair: Callable[..., Fair],
    make_technology: Callable[..., Technology],
    at_most: Callable[..., Any],
) -> None:
    other = make_fair("other", state="published")
    db.session.add(Exhibitor(fair_id=other.id, company_id=exhibitor.company_id))
    for number in range(3):
        make_technology(f"Máy sấy {number}")
    with at_most(statements=12):
        page = client.get("/technologies?q=may+say").text
    assert "/technologies?fair=other" in page.replace("q=may+say&amp;", "")
    assert client.get("/companies?q=dai+nguyen").text.count("/companies/") == 1


def test_a_lasting_page_sends_few_statements(
    client: FlaskClient, exhibitor: Exhibitor, company: Company, technology: Technology, at_most: Callable[..., Any]
) -> None:
    addresses = f"/technologies/{technology.public_ref}", f"/companies/{company.public_ref}"
    db.session.remove()
    for address in addresses:
        with at_most(statements=16):
            client.get(address)


def test_a_data_sheet_says_what_the_page_says_and_leads_back_to_it(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Callable[..., Technology], tmp_path: Path
) -> None:
    made = make_technology("Máy sấy cà phê Ưởng", price_kind="range", price_low=10**9, price_high=2 * 10**9)
    page = client.get(f"/technologies/{made.public_ref}").text
    (sheet,) = re.findall(r'href="(/technologies/[^"]+[.]pdf)"', page)
    answer = client.get(sheet)
    assert answer.mimetype == "application/pdf"
    file = tmp_path / "sheet.pdf"
    file.write_bytes(answer.data)
    words = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    assert "Máy sấy cà phê Ưởng" in words
    assert words.count("\f") == 1  # one page
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", file, tmp_path / "sheet"], check=True)
    code = zxingcpp.read_barcode(Image.open(tmp_path / "sheet.png"))
    assert code.text.endswith(f"/technologies/{made.public_ref}")


def test_a_need_with_a_day_has_a_data_sheet_of_one_page(
    client: FlaskClient, exhibitor: Exhibitor, company: Company, manager: User
) -> None:
    texts = {"title_vi": "Hạt bị mốc", "problem_vi": "Mưa", "wanted_result_vi": "5 tấn"}
    need = needs.create(company, manager, ["food"], deadline_on=date(2027, 3, 31), **texts)
    needs.publish(need, manager)
    db.session.commit()
    with pikepdf.open(io.BytesIO(client.get(f"/needs/{need.public_ref}/sheet-vi.pdf").data)) as paper:
        assert len(paper.pages) == 1


def test_what_is_not_published_has_no_data_sheet(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology, manager: User
) -> None:
    assert client.get(f"/technologies/{technology.public_ref}/sheet-xx.pdf").status_code == 404
    technologies.archive(technology, manager)
    db.session.commit()
    assert client.get(f"/technologies/{technology.public_ref}/sheet-vi.pdf").status_code == 404

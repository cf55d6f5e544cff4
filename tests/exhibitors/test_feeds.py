"""A fair's technologies for other programs: JSON, spreadsheet, feeds."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from defusedxml import ElementTree
from flask.testing import FlaskClient
from pypdf import PdfReader

from techfair.accounts.models import User
from techfair.exhibitors import needs, technologies
from techfair.exhibitors.disclosure import parts
from techfair.exhibitors.importing import judging
from techfair.exhibitors.models import Company, Exhibitor
from techfair.exhibitors.record_models import Technology
from techfair.extensions import db

TECHNOLOGIES = "/fairs/gia-lai/technologies"


def test_every_published_field_stands_in_json_in_both_languages(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Callable[..., Technology]
) -> None:
    made = make_technology("Máy sấy", title_en="Dryer", price_kind="range", price_low=10**12, price_high=10**15)
    (record,) = client.get(f"{TECHNOLOGIES}.json").json["technologies"]
    assert record["id"] == made.public_ref
    assert record["title"] == {"vi": "Máy sấy", "en": "Dryer"}
    assert record["price"] == {"kind": "range", "low": 10**12, "high": 10**15, "currency": "VND"}
    assert client.get(record["url"]).status_code == 200


def test_a_price_by_agreement_tells_no_amount(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Callable[..., Technology]
) -> None:
    make_technology(price_low=5, price_high=7)
    (record,) = client.get(f"{TECHNOLOGIES}.json").json["technologies"]
    assert record["price"] == {"kind": "by_agreement"}


def test_what_is_not_published_any_more_is_in_nothing(
    client: FlaskClient, exhibitor: Exhibitor, technology: Technology, manager: User
) -> None:
    technologies.archive(technology, manager)
    db.session.commit()
    assert client.get(f"{TECHNOLOGIES}.json").json["technologies"] == []
    assert client.get(f"{TECHNOLOGIES}/feed.json").json["items"] == []
    assert b"<item>" not in client.get(f"{TECHNOLOGIES}/feed.xml").data


def test_the_spreadsheet_has_a_row_for_each_and_runs_nothing(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Callable[..., Technology]
) -> None:
    make_technology("=1+1")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{TECHNOLOGIES}.xlsx").data)).active
    row = list(sheet.rows)[-1]
    assert (row[2].value, row[2].data_type) == ("=1+1", "s")


def test_a_feed_reader_reads_titles_links_and_days(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Callable[..., Technology]
) -> None:
    made = make_technology("Máy sấy <A&B>")
    answer = client.get(f"{TECHNOLOGIES}/feed.xml")
    assert answer.content_type.startswith("application/rss+xml")
    item = ElementTree.fromstring(answer.data).find("channel/item")
    assert item.findtext("title") == "Máy sấy <A&B>"
    assert item.findtext("link").endswith(made.public_ref)
    assert item.findtext("pubDate").endswith("+0000")
    (same,) = client.get(f"{TECHNOLOGIES}/feed.json").json["items"]
    assert same["title"] == "Máy sấy <A&B>"


def test_needs_have_feeds_too(client: FlaskClient, exhibitor: Exhibitor, company: Company, manager: User) -> None:
    need = needs.create(company, manager, ["food"], title_vi="Cần máy", problem_vi="Ẩm", wanted_result_vi="Khô")
    needs.publish(need, manager)
    db.session.commit()
    page = client.get("/fairs/gia-lai/needs").text
    assert all(f'href="/fairs/gia-lai/needs/feed.{ending}"' in page for ending in ("xml", "json"))
    item = ElementTree.fromstring(client.get("/fairs/gia-lai/needs/feed.xml").data).find("channel/item")
    (same,) = client.get("/fairs/gia-lai/needs/feed.json").json["items"]
    assert (item.findtext("link"), item.findtext("description")) == (same["url"], "Ẩm")
    assert client.get(same["url"]).status_code == 200


def test_a_long_list_takes_the_statements_of_a_short_one(
    client: FlaskClient,
    exhibitor: Exhibitor,
    make_technology: Callable[..., Technology],
    at_most: Callable[..., Any],
) -> None:
    for number in range(5):
        make_technology(f"Máy số {number}")
    with at_most(statements=8):
        assert len(client.get(f"{TECHNOLOGIES}.json").json["technologies"]) == 5


def test_a_price_that_is_kept_back_is_on_request_and_comes_back_unharmed(
    client: FlaskClient, exhibitor: Exhibitor, make_technology: Any, manager: User, company: Company
) -> None:
    technology: Technology = make_technology(price_kind="fixed", price_low=10**9, price_high=10**9)
    parts.keep_back(technology, manager, {"price": "request"})
    db.session.commit()
    data = client.get(f"{TECHNOLOGIES}.json")
    assert data.json["technologies"][0]["price"] == {"kind": "on_request"}
    sheet = client.get(f"{TECHNOLOGIES}.xlsx").data
    assert "theo đề nghị" in [cell.value for cell in list(openpyxl.load_workbook(io.BytesIO(sheet)).active.rows)[-1]]
    paper = PdfReader(io.BytesIO(client.get(f"/technologies/{technology.public_ref}/sheet-vi.pdf").data))
    assert "theo đề nghị" in paper.pages[0].extract_text()
    for name, file in (("a.json", data.data), ("a.xlsx", sheet)):
        listed = judging.of_company(file, "technologies", company)
        assert (listed[0].problems, listed[0].changed) == ({}, []), name

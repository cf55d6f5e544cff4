"""The report as a document, and the figures that everyone may read after the fair."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from techfair.accounts.models import User
from techfair.extensions import db
from techfair.organizers import report

REPORT, FIGURES = "/organizer/fairs/{}/report", "/fairs/{}/figures"


def seen(page):
    """The page's words without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture
def organizing(demo_fair, sign_in):
    """The demo's own organizer."""
    return sign_in(db.session.scalars(db.select(User).filter_by(email="organizer@example.vn")).one())


def test_the_report_tells_the_fair_s_figures_each_with_definition_and_basis(organizing, demo_fair):
    page = organizing.get(REPORT.format(demo_fair.slug)).text
    for told in ("289 kết nối cung cầu", "19.928 tỷ đồng vốn các dự án đầu tư", "12 thỏa thuận đã ký"):
        assert told in seen(page)
    for key, figure in report.figures(demo_fair).items():
        assert key not in report.LABELS or figure.definition in page
    assert "đo đếm" in page
    assert "khai báo" in page


def test_each_figure_leads_to_its_rows(organizing, demo_fair):
    page = organizing.get(REPORT.format(demo_fair.slug)).text
    wanted = {figure.rows for key, figure in report.figures(demo_fair).items() if key in report.LABELS}
    wanted -= {figure.rows for key, figure in report.figures(demo_fair).items() if key.endswith("provinces_total")}
    missing = [rows for rows in wanted if f'href="{rows}"' not in page]
    assert missing == []
    for rows in wanted:
        address = urlsplit(rows)
        assert organizing.get(f"{address.path}?{address.query}", follow_redirects=True).status_code == 200


def test_the_tables_add_up_to_the_figures(organizing, demo_fair):
    page = seen(organizing.get(REPORT.format(demo_fair.slug)).text)
    figures = report.figures(demo_fair)
    exhibitors_at_home, registered, came, delegates = _totals(page, "không gắn với tỉnh, thành phố")
    assert registered == figures["visitors.registered"].value
    assert came == figures["visitors.unique"].value
    assert delegates == figures["delegates.count"].value
    assert exhibitors_at_home <= figures["exhibitors"].value


def _totals(page, last_row):
    after = page.split(last_row)[1].split("Tổng cộng ")[1]
    return [int(number.replace(".", "")) for number in re.findall(r"[\d.]+", after)[:4]]


def test_what_others_said_stands_beside_what_was_counted(organizing, demo_fair):
    page = seen(organizing.get(REPORT.format(demo_fair.slug)).text)
    assert "tỉnh, thành phố cử đại biểu 63 tỉnh, thành phố tham dự 62 báo chí" in page


def test_agreements_and_investments_are_two_tables(organizing, demo_fair):
    page = organizing.get(REPORT.format(demo_fair.slug)).text
    agreements, investments = (
        page.split(f'<h2 id="{key}">')[1].split("<section")[0] for key in ("agreements", "investments")
    )
    assert (agreements.count('<th scope="row">'), investments.count('<th scope="row">')) == (12, 10)


def test_the_same_figures_carry_the_same_digest_and_others_another(demo_fair):
    figures = report.figures(demo_fair)
    before = report.digest(demo_fair, figures)
    assert report.digest(demo_fair, dict(reversed(figures.items()))) == before
    assert report.digest(demo_fair, {**figures, "activities": figures["exhibitors"]}) != before


def test_a_new_fair_has_a_report_that_counts_nothing(as_organizer, fair):
    page = as_organizer.get(REPORT.format("gia-lai"))
    assert page.status_code == 200
    assert "Chưa có văn bản nào được ký." in page.text


def test_everyone_reads_the_figures_once_the_fair_is_over(client, demo_fair):
    page = client.get(FIGURES.format(demo_fair.slug))
    assert "289 kết nối cung cầu" in seen(page.text)
    assert "/organizer/" not in page.text
    assert FIGURES.format(demo_fair.slug) in client.get(f"/fairs/{demo_fair.slug}/").text


def test_before_its_end_nobody_reads_them_but_organizers(client, as_organizer, fair):
    assert client.get(FIGURES.format("gia-lai")).status_code == 404
    assert FIGURES.format("gia-lai") not in client.get("/fairs/gia-lai/").text
    assert FIGURES.format("gia-lai") not in as_organizer.get(REPORT.format("gia-lai")).text


@pytest.mark.parametrize(("state", "status"), [("closed", 200), ("draft", 404)])
def test_an_organizer_opens_them_by_concluding_the_fair_and_a_hidden_fair_has_none(client, fair, state, status):
    fair.state = state
    if state == "draft":
        fair.starts_on, fair.ends_on = fair.today - timedelta(days=9), fair.today - timedelta(days=8)
    db.session.commit()
    assert client.get(FIGURES.format("gia-lai")).status_code == status


def test_the_report_takes_no_more_statements_for_more_rows(organizing, demo_fair, at_most):
    db.session.expire_all()
    with at_most(statements=36):
        organizing.get(REPORT.format(demo_fair.slug))

"""The code of a booth, for phones that come by."""

import re


def test_the_code_of_a_booth_is_a_poster_that_opens_the_exhibitors_page(booth, fair):
    page = booth.client.get("/exhibitor/leads/code").text
    assert "Công ty Cơ khí Đại Nguyên" in page
    assert "Quét bằng điện thoại" in page
    assert "Scan with your phone" in page
    assert re.search(r'href="http://[^/"]+/fairs/gia-lai/exhibitors/dai-nguyen"', page)


def test_the_organizer_prints_the_codes_of_all_booths_at_once(booth, make_exhibitor, as_organizer, client):
    make_exhibitor("khac", "Công ty Khác")
    codes = "/organizer/fairs/gia-lai/visitors/print/codes"
    page = as_organizer.get(codes).text
    assert page.count('class="poster-code"') == 2
    assert codes in as_organizer.get("/organizer/fairs/gia-lai/visitors/print").text
    assert booth.client.get(codes).status_code == 404

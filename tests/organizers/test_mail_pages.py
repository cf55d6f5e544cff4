"""The letters of a fair: found, read where nobody else can deliver them, and sent anew."""

import pytest

from techfair.core import jobs, mail
from techfair.core.mail import Attachment, Mail
from techfair.extensions import db

MAIL = "/organizer/fairs/gia-lai/mail"


@pytest.fixture
def letter(app, fair):
    """Writes a mail as rooms do: ``letter(text="...", state="failed")``."""

    def written(to="tung@example.vn", of_fair=True, **values):
        made = mail.queue("password_link", to=to, name="Trần Văn Tùng", fair=fair if of_fair else None)
        for name, value in values.items():
            setattr(made, name, value)
        db.session.commit()
        return made

    return written


def test_mails_are_found_by_state_and_words(as_organizer, letter):
    letter(subject="Thẻ tham quan"), letter(to="an@example.vn", subject="Mời ký", state="failed")
    for query, shown in (
        (("state", "failed"), (False, True)),
        (("q", "tung@"), (True, False)),
        (("q", "mời"), (False, True)),
    ):
        page = as_organizer.get(MAIL, query_string=dict([query])).text
        assert ("Thẻ tham quan" in page, "Mời ký" in page) == shown


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "<b>", "😀", "a" * 5000])
def test_any_search_text_gets_a_sensible_page(as_organizer, letter, text):
    letter(subject="Thẻ tham quan")
    page = as_organizer.get(MAIL, query_string={"q": text})
    assert page.status_code == 200
    assert "Thẻ tham quan" not in page.text


def test_a_letter_of_the_outbox_is_read_with_its_links_and_without_anyone_s_markup(as_organizer, letter):
    made = letter(text="Mở https://fair.example.vn/me/abc\n<script>alert(1)</script>\n", subject="<i>Thẻ</i>")
    page = as_organizer.get(f"{MAIL}/{made.id}").text
    assert '<a href="https://fair.example.vn/me/abc" rel="noopener">' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert ("<script>alert" in page, "<i>Thẻ" in page) == (False, False)


def test_a_letter_that_a_mail_server_took_keeps_its_links_from_organizers(as_organizer, letter, app):
    file = Attachment(app.extensions["files"].put(b"%PDF"), "application/pdf", "bien-ban.pdf")
    made = letter(text="Mã của Quý khách: 123456", channel="smtp", attachments=[str(file)])
    assert "123456" not in as_organizer.get(f"{MAIL}/{made.id}").text
    assert as_organizer.get(f"{MAIL}/{made.id}/files/0").status_code == 404


def test_an_attached_file_is_saved_under_its_name_and_never_shown(as_organizer, letter, app):
    file = Attachment(app.extensions["files"].put(b"<script>"), "text/html", "Biên bản.html")
    made = letter(attachments=[str(file)])
    answer = as_organizer.get(f"{MAIL}/{made.id}/files/0")
    assert answer.data == b"<script>"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert as_organizer.get(f"{MAIL}/{made.id}/files/1").status_code == 404


def test_a_failed_mail_is_sent_again_and_that_is_in_the_log(as_organizer, letter, run_jobs):
    made = letter()
    run_jobs()
    made.state, made.error = "failed", "OSError: no route"
    db.session.commit()
    assert "OSError: no route" in as_organizer.get(f"{MAIL}/{made.id}").text
    as_organizer.post(f"{MAIL}/{made.id}/again")
    run_jobs()
    assert db.session.get_one(Mail, made.id, populate_existing=True).state == "sent"
    assert "Gửi lại thư" in as_organizer.get("/organizer/fairs/gia-lai/log").text


def test_a_mail_that_did_not_fail_is_not_sent_twice(as_organizer, letter, run_jobs):
    made = letter()
    run_jobs()
    waiting = len(jobs.due())
    assert as_organizer.post(f"{MAIL}/{made.id}/again").status_code == 409
    db.session.rollback()
    assert len(jobs.due()) == waiting


def test_a_fair_s_mail_is_no_other_fair_s_and_no_reader_s(as_organizer, as_staff, as_stranger, make_fair, letter):
    made = letter()
    make_fair("kon-tum")
    assert as_organizer.get(f"/organizer/fairs/kon-tum/mail/{made.id}").status_code == 404
    for browser in (as_staff, as_stranger):
        assert browser.get(f"{MAIL}/{made.id}").status_code == 404
        assert browser.post(f"{MAIL}/{made.id}/again").status_code == 404


def test_mail_without_a_fair_is_the_platform_s_alone(as_administrator, as_organizer, letter):
    made = letter(of_fair=False, subject="Đặt lại mật khẩu")
    assert "Đặt lại mật khẩu" in as_administrator.get("/admin/mail").text
    assert as_administrator.get(f"/admin/mail/{made.id}").status_code == 200
    assert "Đặt lại mật khẩu" not in as_organizer.get(MAIL).text
    assert as_organizer.get(f"{MAIL}/{made.id}").status_code == 404
    assert as_organizer.get("/admin/mail").status_code == 404

"""Mail: written into the deed's transaction, sent by the worker, recorded as queued, sent or failed.

A mail is rendered when it is queued, in its reader's language, so that it tells what was true at the deed.
Without a mail server, and always for a demo fair, it goes to the file outbox, where organizers read it.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, current_app, render_template
from flask_babel import force_locale
from markupsafe import escape
from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, mapped_column

from techfair.core import calendars, clock, jobs
from techfair.core.database import one_of
from techfair.extensions import Model, db
from techfair.settings import Settings

TIMEOUT = 20  # seconds that a mail server may take for one answer


class Mail(Model):
    """One mail to one reader, as it was or will be sent."""

    __tablename__ = "mail"
    __table_args__ = (
        one_of("state", ("queued", "sent", "failed")),
        one_of("channel", ("smtp", "outbox")),
        Index("ix_mail_fair", "fair_id", "id"),
        Index("ix_mail_state", "fair_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    template: Mapped[str]
    language: Mapped[str]
    to_address: Mapped[str]
    to_name: Mapped[str]
    from_name: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    attachments: Mapped[list[str]]  # "sha-256 media/type file name"
    calendar: Mapped[str] = mapped_column(default="", server_default="")  # an entry, unfolded; see core.calendars
    fair_id: Mapped[int | None]
    channel: Mapped[str] = mapped_column(default="smtp")
    state: Mapped[str] = mapped_column(default="queued")
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
    message_id: Mapped[str] = mapped_column(unique=True)


@dataclass(frozen=True)
class Attachment:
    """A stored file that goes with a mail."""

    digest: str
    media_type: str
    name: str

    def __str__(self) -> str:
        return f"{self.digest} {self.media_type} {self.name}"

    @classmethod
    def read(cls, text: str) -> "Attachment":
        return cls(*text.split(" ", 2))


def queue(
    template: str,
    *,
    to: str,
    name: str = "",
    language: str = "vi",
    fair: Any = None,
    attachments: Sequence[Attachment] = (),
    calendar: Callable[[], str] | None = None,
    **context: Any,
) -> Mail:
    """Queue ``templates/mail/<template>.txt`` (first line: subject; a .html beside it is used if there is one).

    ``fair`` decides the sender's name and, for a demo fair, the outbox. ``calendar`` makes an entry that goes
    with the mail, in its reader's language. Other arguments go to the template.
    """
    subject, text = compose(template, name=name, language=language, fair=fair, **context)
    context |= {"fair": fair, "to_name": name, "base_url": base_url(), "subject": subject, "text": text}
    with force_locale(language):
        html = render_template([f"mail/{template}.html", "mail/_plain.html"], **context)
        from_name = fair.name if fair is not None else "techfair"
        entry = calendar() if calendar else ""
    mail = Mail(
        template=template,
        language=language,
        to_address=one_line(to),
        to_name=one_line(name),
        from_name=one_line(from_name),
        subject=subject,
        text=text + "\n",
        html=html,
        attachments=[str(attachment) for attachment in attachments],
        calendar=entry,
        fair_id=getattr(fair, "id", None),
        channel="outbox" if getattr(fair, "is_demo", False) or not _smtp_url() else "smtp",
        queued_at=clock.now(),
        message_id=make_msgid(domain=urlsplit(current_app.config["BASE_URL"]).hostname),
    )
    db.session.add(mail)
    db.session.flush()
    jobs.start("send_mail", fair_id=mail.fair_id, mail_id=mail.id)
    return mail


def compose(
    template: str, *, name: str = "", language: str = "vi", fair: Any = None, **context: Any
) -> tuple[str, str]:
    """Subject and text of a mail as ``queue`` would write it, for those who look before they send."""
    context |= {"fair": fair, "to_name": name, "base_url": base_url()}
    with force_locale(language):
        subject, _, text = render_template(f"mail/{template}.txt", **context).lstrip().partition("\n")
    return one_line(subject), text.strip()


def base_url() -> str:
    """Where this server stands, for the addresses in mails: commands and jobs have no request to tell."""
    url: str = current_app.config["BASE_URL"]
    return url


def one_line(text: str) -> str:
    """A header's value: line breaks would start another header."""
    return " ".join(text.split())


def _smtp_url() -> str | None:
    url: str | None = current_app.config["SMTP_URL"]
    return url


def message(mail: Mail) -> EmailMessage:
    """The mail as it goes over the wire."""
    built = EmailMessage(policy=SMTP)
    sender = Address(mail.from_name, addr_spec=current_app.config["MAIL_FROM"])
    built["From"], built["To"] = sender, Address(mail.to_name, addr_spec=mail.to_address)
    built["Subject"], built["Message-ID"] = mail.subject, mail.message_id
    built["Date"], built["Content-Language"] = format_datetime(mail.queued_at), mail.language
    built["Auto-Submitted"] = "auto-generated"
    built.set_content(mail.text)
    built.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        _add_calendar(built, mail.calendar)
    for attachment in map(Attachment.read, mail.attachments):
        kind, _, subkind = attachment.media_type.partition("/")
        data = current_app.extensions["files"].read(attachment.digest)
        built.add_attachment(data, maintype=kind, subtype=subkind, filename=attachment.name)
    return built


def _add_calendar(built: EmailMessage, entry: str) -> None:
    """Both ways in which programs look for it: as another form of the text, and as a file (RFC 6047)."""
    method, wire = calendars.method_of(entry), calendars.folded(entry)
    named = {"method": method, "charset": "utf-8"}
    built.add_alternative(wire, maintype="text", subtype="calendar", cte="base64", params=named)
    built.add_attachment(wire, maintype="text", subtype="calendar", filename="invite.ics", params=named)


@jobs.job("send_mail")
def send(job: jobs.Job, mail_id: int) -> None:
    """Send one mail; a second run of the job after it was sent does nothing."""
    mail = db.session.get(Mail, mail_id)
    if mail is None or mail.state == "sent":  # none: its reader was erased meanwhile
        return
    try:
        _deliver(mail)
    except (OSError, smtplib.SMTPException) as error:
        mail.error = f"{type(error).__name__}: {error}"[:500]
        mail.state = "failed" if job.attempts > len(jobs.PAUSES) else "queued"
        db.session.commit()
        raise
    mail.state, mail.sent_at, mail.error = "sent", clock.now(), None
    db.session.commit()


def _deliver(mail: Mail) -> None:
    if mail.channel == "outbox":
        place = _in_outbox(mail.id)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(message(mail).as_bytes())
        return
    with _connected(_smtp_url() or "") as server:
        server.send_message(message(mail))


def _in_outbox(mail_id: int) -> Path:
    return Path(current_app.config["OUTBOX"]) / f"{mail_id:08d}.eml"


def _connected(url: str) -> smtplib.SMTP:
    """A signed-in connection; outside this machine only over TLS, so that no password travels in clear."""
    parts = urlsplit(url)
    host, trust = parts.hostname or "", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=trust)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=trust)
        elif parts.username and host not in {"127.0.0.1", "localhost", "::1"}:
            server.close()
            raise smtplib.SMTPNotSupportedError("the mail server offers no STARTTLS, so no password is sent")
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def outbox(fair_id: int, limit: int = 100) -> list[Mail]:
    """The newest mails of a fair, newest first."""
    return list(db.session.scalars(select(Mail).filter_by(fair_id=fair_id).order_by(Mail.id.desc()).limit(limit)))


@dataclass(frozen=True)
class Forgotten:
    """What a person's mails leave on the disk: stored files by digest, and the ids of mails in the outbox."""

    documents: list[str]
    letters: list[int]


def forget(fair_id: int, addresses: Collection[str], templates: Collection[str]) -> Forgotten:
    """Take a fair's mails to these addresses, however typed, out of the database; the caller removes their files.

    Only mails of ``templates``: an address may be a company's, too.
    """
    of_fair = select(Mail).where(Mail.fair_id == fair_id, Mail.template.in_(templates))
    to_them = of_fair.where(func.lower(Mail.to_address).in_([address.lower() for address in addresses]))
    forgotten = Forgotten([], [])
    for mail in db.session.scalars(to_them).all():
        forgotten.documents.extend(Attachment.read(attachment).digest for attachment in mail.attachments)
        forgotten.letters.append(mail.id)
        db.session.delete(mail)
    db.session.flush()
    return forgotten


def blank(fair_id: int, name: str, templates: Collection[str]) -> list[int]:
    """Take a name out of mails that went to others; answer their ids. What is not sent yet goes out as it is."""
    written = (name, str(escape(name)), calendars.text(name))
    told = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, written))})(?!\w)")
    sent = select(Mail).where(Mail.fair_id == fair_id, Mail.template.in_(templates), Mail.state == "sent")
    blanked = []
    for mail in db.session.scalars(sent.where(Mail.text.contains(name, autoescape=True))):
        mail.subject, mail.text, mail.html = (told.sub("…", text) for text in (mail.subject, mail.text, mail.html))
        mail.calendar = told.sub("…", mail.calendar)
        blanked.append(mail.id)
    return blanked


def take_from_outbox(letters: Iterable[int]) -> None:
    """Remove mails that were laid into the outbox; one that is not there is no matter."""
    for id in letters:
        _in_outbox(id).unlink(missing_ok=True)


def init_app(app: Flask, settings: Settings) -> None:
    app.config.from_mapping(
        BASE_URL=settings.base_url,
        BADGE_URL=settings.badge_url or settings.base_url,
        SMTP_URL=settings.smtp_url,
        MAIL_FROM=settings.mail_from,
        OUTBOX=str(settings.outbox_folder),
    )

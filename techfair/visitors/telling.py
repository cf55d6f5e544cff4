"""The mails of this room: each in its reader's own language."""

from flask import current_app

from techfair.core import mail
from techfair.core.mail import Attachment
from techfair.fairs.models import Fair
from techfair.visitors import badges, own
from techfair.visitors.kind_days import choosing as kind_days
from techfair.visitors.models import Registration
from techfair.visitors.words import KIND_WORDS


def send_badge(registration: Registration, fair: Fair) -> bool:
    """Mail a person the valid badge and the link to their own page; False where there is none, or no address.

    Who waits for approval is told that instead.

    A hall server sends nothing: the central one does, as soon as it hears of the person.
    """
    if registration.email is None or current_app.config["HALL"]:
        return False
    if registration.state == "pending":
        return _tell_to_wait(registration, registration.email, fair)
    badge = badges.valid_badge(registration)
    if badge is None:
        return False
    digest = current_app.extensions["files"].put(badges.as_png(badge, fair))
    mail.queue(
        "badge",
        to=registration.email,
        name=registration.full_name,
        language=registration.language,
        fair=fair,
        attachments=[Attachment(digest, "image/png", f"badge-{badge.number}.png")],
        registration=registration,
        badge=badge,
        days=kind_days.dates(fair, badge.kind, registration.days),
        address=own.address(registration),
    )
    return True


def _tell_to_wait(registration: Registration, email: str, fair: Fair) -> bool:
    mail.queue(
        "registration_waiting",
        to=email,
        name=registration.full_name,
        language=registration.language,
        fair=fair,
        registration=registration,
        kind=KIND_WORDS[registration.kind],
        address=own.address(registration),
    )
    return True

"""What makes a browser a kiosk and keeps it one: its session names the kiosk, and nobody is signed in there."""

from datetime import timedelta
from typing import Any

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.security import check_password_hash, generate_password_hash

from techfair.core import audit, clock
from techfair.extensions import db
from techfair.fairs.models import Fair
from techfair.visitors.kiosk.models import Kiosk
from techfair.visitors.models import Registration

SESSION_KEY, SHOWN_KEY = "kiosk", "kiosk badge"
SHOWN_FOR = timedelta(minutes=3)  # a badge leaves the screen by itself; after this it cannot come back either
OPEN = ("/kiosk", "/static/", "/pictures/", "/api/")  # asked first: whoever looks into the session varies by cookie
STYLES = ("/brand.css", "/badges.css")  # of the fair, for the kiosk's own pages


def start(fair: Fair, name: str, code: str, by: Any) -> Kiosk:
    """Make this browser a kiosk: whoever was signed in on it no longer is."""
    kiosk = Kiosk(fair_id=fair.id, name=name, code_hash=generate_password_hash(code), started_by_id=by.id)
    db.session.add(kiosk)
    audit.record("kiosk.started", kiosk, by=by, name=name)
    session.clear()
    session[SESSION_KEY] = kiosk.id
    return kiosk


def current() -> Kiosk | None:
    """The kiosk that this browser is, while it stands."""
    standing = select(Kiosk).filter_by(id=session.get(SESSION_KEY), ended_at=None).options(joinedload(Kiosk.fair))
    return db.session.scalars(standing).one_or_none() if SESSION_KEY in session else None


def opens(kiosk: Kiosk, code: str) -> bool:
    """Whether a code is the kiosk's."""
    return check_password_hash(kiosk.code_hash, code)


def end(kiosk: Kiosk, by: Any) -> None:
    kiosk.ended_at = clock.now()
    audit.record("kiosk.ended", kiosk, by=by, name=kiosk.name)


def keep_inside() -> ResponseReturnValue | None:
    """No page but the kiosk's own opens in its browser, whatever address somebody types."""
    if request.path.startswith(OPEN) or request.path.endswith(STYLES) or SESSION_KEY not in session:
        return None
    return redirect(url_for("kiosk.begin"), 303)


def show_badge_of(registration: Registration) -> None:
    session[SHOWN_KEY] = [registration.id, clock.now().timestamp()]


def shown() -> Registration | None:
    """The person whose badge the kiosk shows now."""
    id, at = session.get(SHOWN_KEY, (None, 0))
    if id is None or clock.now().timestamp() - at > SHOWN_FOR.total_seconds():
        return None
    whole = select(Registration).filter_by(id=id).options(selectinload(Registration.badges))
    return db.session.scalars(whole).one_or_none()


def clear() -> None:
    """Forget whose badge was shown: the next person begins anew."""
    session.pop(SHOWN_KEY, None)

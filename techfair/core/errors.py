"""Refusals: one small family a room, each with a stable code, a status and a message in both languages."""

import errno
import logging
from typing import Any

from apiflask.exceptions import HTTPError
from flask import Flask, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from techfair.extensions import db

log = logging.getLogger(__name__)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
DISK_FULL = "53100"  # PostgreSQL's state for it


class TechfairError(Exception):
    """A refusal that a person or a machine can act on; ``code`` is for machines and never changes."""

    code = "refused"
    status = 400
    message: Any = _l("This cannot be done.")

    def __init__(self, message: Any = None) -> None:
        super().__init__(str(self.code))
        if message is not None:
            self.message = message


class StepSkipped(TechfairError):
    """A change of state that the table of states does not know; often two people acted at once."""

    code, status = "step_skipped", 409
    message = _l("This has changed meanwhile. Look at its present state, then decide again.")


class ChangedMeanwhile(TechfairError):
    """Somebody saved the same record after this form was opened."""

    code, status = "changed_meanwhile", 409
    message = _l("Somebody else saved this meanwhile. Both versions are shown below.")


TITLES = {
    400: _l("The request could not be understood"),
    403: _l("This is not open to you"),
    404: _l("There is no such page"),
    405: _l("This cannot be done here"),
    409: _l("This has changed meanwhile"),
    413: _l("The file is too large"),
    429: _l("Too many tries"),
    500: _l("Something went wrong on our side"),
    503: _l("The service is busy"),
}
ADVICE = {
    400: _l("Go back, reload the page and try again."),
    403: _l("Sign in with another account, or ask the organizer for access."),
    404: _l("The address may be mistyped, or the page belongs to someone else. Start again from the home page."),
    405: _l("Go back and use the buttons of the page."),
    409: _l("Go back, reload the page and decide again."),
    413: _l("Choose a smaller file and try again. What you typed is still in the form if you go back."),
    429: _l("Wait a few minutes, then try again."),
    500: _l("It has been recorded. Try again in a moment; if it happens again, tell us the number below."),
    503: _l("Nothing was lost and nothing was changed. Try again in a moment."),
}


def wants_problem() -> bool:
    """Whether a machine asked: then the answer is RFC 9457 problem details."""
    return request.path.startswith("/api/")


def answer(code: str, status: int, title: str, advice: str) -> ResponseReturnValue:
    if wants_problem():
        body = {"type": f"/problems/{code}", "title": title, "status": status, "code": code, "detail": advice}
        return body, status, {"Content-Type": "application/problem+json"}
    try:
        return render_template("errors/error.html", status=status, title=title, advice=advice, code=code), status
    except Exception:  # even the page's frame failed: say it without one
        log.exception("error page failed")
        words = f"{title}. {advice} ({g.get('request_id')})"
        return Response(words, status, content_type="text/plain; charset=utf-8")


def refused(error: TechfairError) -> ResponseReturnValue:
    return answer(error.code, error.status, str(error.message), str(ADVICE.get(error.status, ADVICE[400])))


def form_expired(error: CSRFError) -> ResponseReturnValue:
    title = str(_l("This form was open for too long"))
    advice = _l("Go back, reload the page and send the form again. If this comes again, let this site store cookies.")
    return answer("form_expired", 400, title, str(advice))


def http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error.get_response()  # redirects are no errors
    title, advice = TITLES.get(status, TITLES[400]), ADVICE.get(status, ADVICE[400])
    return answer(error.name.lower().replace(" ", "_"), status, str(title), str(advice))


def input_refused(error: HTTPError) -> ResponseReturnValue:
    """What an API's schema refuses, as problem details that name each place."""
    status, is_input = error.status_code, error.status_code == 422
    code = "invalid_input" if is_input else "refused"
    title = str(_l("The input is wrong") if is_input else TITLES.get(status, TITLES[400]))
    body = {"type": f"/problems/{code}", "title": title, "status": status, "code": code, "errors": error.detail}
    return body, status, {"Content-Type": "application/problem+json"}


def unavailable(error: OperationalError) -> ResponseReturnValue:
    """The database could not: of the transaction nothing was written, so the person may simply try again."""
    db.session.rollback()  # the answer may read once more: who is signed in, which fair
    if getattr(error.orig, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(error.orig, "sqlstate", "") == DISK_FULL:
        return full(error)
    log.error("database unavailable", exc_info=error)
    return answer("busy", 503, str(TITLES[503]), str(ADVICE[503]))


def full(error: Exception) -> ResponseReturnValue:
    """No room is left on the server: only its keeper can help."""
    log.critical("no room is left on the disk", exc_info=error)
    title = str(_l("The server has no room left"))
    return answer("storage_full", 503, title, str(_l("Nothing was changed. Tell the organizer, then try again.")))


def file_failed(error: OSError) -> ResponseReturnValue:
    return full(error) if error.errno in NO_ROOM else failed(error)


def failed(error: Exception) -> ResponseReturnValue:
    if current_app.testing and not current_app.config.get("SHOW_FAILURES"):
        raise error
    log.exception("request failed", extra={"request_id": g.get("request_id")})
    return answer("failed", 500, str(TITLES[500]), str(ADVICE[500]))


def init_app(app: Flask) -> None:
    app.error_processor(input_refused)  # type: ignore[attr-defined]  # of APIFlask
    app.register_error_handler(TechfairError, refused)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OperationalError, unavailable)
    app.register_error_handler(OSError, file_failed)
    app.register_error_handler(Exception, failed)

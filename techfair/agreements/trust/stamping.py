"""The time stamp authority that the operator has set: it proves when a document was sealed, for decades."""

from flask import current_app
from pyhanko.sign.timestamps import HTTPTimeStamper

from techfair.agreements.sealing.making import Times
from techfair.agreements.sealing.trusting import Judge
from techfair.agreements.trust import anchors
from techfair.core import clock

PATIENCE = 10  # seconds; whoever asks holds no lock meanwhile


def times() -> Times | None:
    """The authority, ready to be asked for the long term (B-LTA); none where none is set."""
    url = address()
    if url is None:
        return None
    context = Judge(anchors.believed()).context(clock.now())
    return Times(HTTPTimeStamper(url, timeout=PATIENCE), context, long_term=True)


def address() -> str | None:
    """Where the authority answers."""
    found: str | None = current_app.extensions["settings"].timestamp_url
    return found

"""The address of a signer's own page: in their mailbox for thirty days, and on the stage for a day."""

from flask import current_app

from techfair.agreements.models import Signature
from techfair.core import links

BY_MAIL, LINK_DAYS = "signature", 30
ON_STAGE, STAGE_DAYS = "signature on stage", 1


def mailed(signature: Signature) -> str:
    """The signer's own page, for their mailbox alone."""
    return f"{current_app.config['BASE_URL']}/sign/{links.sign(BY_MAIL, signature.id)}"


def on_stage(signature: Signature) -> str:
    """The same page for whoever stands at the stage: to read and to sign, not to decline or to hand over."""
    return f"{current_app.config['BASE_URL']}/sign/{links.sign(ON_STAGE, signature.id)}"


def is_mailed(token: str) -> bool:
    """Whether a page was opened by the link that went to the signer's own mailbox, or has gone there once."""
    try:
        of_mailed(token)
    except links.LinkBroken:
        return False
    except links.LinkExpired:
        pass
    return True


def of_mailed(token: str) -> int:
    """Whose page the link from a mailbox opens, a signature's id; raises LinkExpired or LinkBroken."""
    return int(links.read(BY_MAIL, token, days=LINK_DAYS))


def of_either(token: str) -> int:
    """Whose page it is, by the mailed link or by the one of the stage; raises LinkExpired or LinkBroken."""
    return of_mailed(token) if is_mailed(token) else int(links.read(ON_STAGE, token, days=STAGE_DAYS))

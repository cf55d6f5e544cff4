"""The gates' JSON interface: scans in, verdicts out."""

from apiflask import APIBlueprint
from flask import request

from techfair.core import access
from techfair.core.database import reading_ahead
from techfair.extensions import csrf, db
from techfair.visitors import devices, scanning
from techfair.visitors.schemas import ScanBatch, ScanResults

bp = APIBlueprint("visitors_api", __name__, url_prefix="/api/v1", tag="Gates")
access.by_token(bp)
csrf.exempt(bp)  # a device's token is sent on purpose, never by a browser on its own


@bp.post("/fairs/<slug>/scans")
@bp.input(ScanBatch, arg_name="batch")
@bp.output(ScanResults)
@bp.doc(summary="Record scans", security="device", responses={401: "No such device", 403: "Device revoked"})
def post_scans(slug: str, batch: ScanBatch) -> ScanResults:
    """Record the scans of one device, 1 to 500; the same id again gets the same answer and changes nothing.

    The device sends its token as ``Authorization: Bearer <token>``.
    """
    with reading_ahead():
        device, found = devices.scanning(request.authorization, slug, [scan.code for scan in batch.scans])
    results = ScanResults.of(scanning.admit(device, batch.scans, batch.sent_at, found))
    devices.note_contact(device)
    db.session.commit()
    return results

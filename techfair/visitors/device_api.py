"""The interface of the scan page and other devices: joining, what they need without network, finding people."""

from apiflask import APIBlueprint
from flask import abort, request

from techfair.core import access, clock
from techfair.core.database import may_write
from techfair.extensions import csrf, db, limiter
from techfair.fairs import keys
from techfair.visitors import badges, devices, head_counts, offline, queries
from techfair.visitors.device_schemas import (
    Counted,
    DeviceState,
    DeviceTold,
    GateTold,
    HeadCounts,
    Joined,
    JoinInput,
    Manifest,
    Names,
    PeopleFound,
    PersonFound,
    Search,
    Since,
)
from techfair.visitors.gate_models import Device, Gate

bp = APIBlueprint("device_api", __name__, url_prefix="/api/v1/fairs/<slug>", tag="Gates")
access.by_token(bp)
csrf.exempt(bp)  # a device's token is sent on purpose, never by a browser on its own
UNKNOWN = {401: "No such device", 403: "Device revoked", 404: "No such gate of this device"}


def _device(slug: str) -> Device:
    device = devices.authenticate(request.authorization, slug)
    if device.is_revoked:
        raise devices.DeviceRevoked
    return device


def _gate(device: Device, code: str) -> Gate:
    return device.gate(code) or abort(404)


@bp.post("/devices")
@limiter.limit("60 per minute")
@bp.input(JoinInput, arg_name="given")
@bp.output(Joined)
@bp.doc(summary="Join with a code", responses={404: "No such code"})
def join(slug: str, given: JoinInput) -> Joined:
    """Make this device one that may scan, by the code on the organizer's screen; each code joins one device."""
    _device_of_code, token = devices.join(slug, given.code)
    db.session.commit()
    return Joined(token=token)


@bp.put("/device")
@bp.input(DeviceState, arg_name="state")
@bp.output(DeviceTold)
@bp.doc(summary="Tell one's state, ask for one's gates", security="device", responses=UNKNOWN)
def tell_state(slug: str, state: DeviceState) -> DeviceTold:
    """Tell how many scans wait on the device; the answer names its gates."""
    device = _device(slug)
    gates = [GateTold.model_validate(gate, from_attributes=True) for gate in device.gates]
    told = DeviceTold(name=device.name, gates=gates, at=clock.now())
    devices.note_waiting(device, state.waiting)
    db.session.commit()
    return told


@bp.post("/gates/<code>/head-counts")
@bp.input(HeadCounts, arg_name="given")
@bp.output(Counted)
@bp.doc(summary="Count people without names", security="device", responses=UNKNOWN)
def count_heads(slug: str, code: str, given: HeadCounts) -> Counted:
    """Store presses of the clicker, each id once; they stand beside the scans and are never added to them."""
    device = _device(slug)
    counted = Counted(new=head_counts.count(_gate(device, code), device.fair, given.counts, given.sent_at))
    devices.note_contact(device)
    db.session.commit()
    return counted


@bp.get("/gates/<code>/manifest")
@bp.input(Since, location="query", arg_name="given")
@bp.output(Manifest)
@bp.doc(summary="What a gate needs without network", security="device", responses=UNKNOWN)
def manifest(slug: str, code: str, given: Since) -> Manifest:
    """Public keys, rules and void badges; of the latter only those since the last answer's cursor."""
    device = _device(slug)
    return offline.manifest(device, _gate(device, code), given.since)


@bp.get("/gates/<code>/names")
@bp.input(Since, location="query", arg_name="given")
@bp.output(Names)
@bp.doc(summary="Names for a gate without network", security="device", responses=UNKNOWN)
def names(slug: str, code: str, given: Since) -> Names:
    """Names to the numbers of badges, where the organizer lets this gate's devices have them; else 404."""
    may_write()  # that names were given is logged
    device = _device(slug)
    gate = _gate(device, code)
    if not gate.gives_names:
        abort(404)
    found, cursor = offline.names(device, gate, given.since)
    answer = Names(names=found, cursor=cursor)
    db.session.commit()
    return answer


@bp.get("/people")
@bp.input(Search, location="query", arg_name="given")
@bp.output(PeopleFound)
@bp.doc(summary="Find people by name", security="device", responses=UNKNOWN)
def find_people(slug: str, given: Search) -> PeopleFound:
    """People by name, each with the code of the valid badge, for those who come without it."""
    fair = _device(slug).fair
    found = queries.find_people(fair, given.q)
    key = keys.private(fair) if found else None
    return PeopleFound(
        people=[
            PersonFound(
                name=person.full_name,
                organisation=person.organisation,
                kind=badge.kind,
                number=badge.number,
                code=badges.token(badge, fair, key),
            )
            for person, badge in found
        ]
    )

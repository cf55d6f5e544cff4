"""``techfair technologies ...`` and ``techfair catalogue ...``"""

import json
from collections.abc import Sequence
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from techfair.core.database import begin_mode
from techfair.exhibitors.catalogue import finding, keeping, matching, reasons
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db
from techfair.fairs.models import Fair

LIMIT = click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 500), help="At most so many.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print a JSON list, the best first.")


@click.group()
def technologies() -> None:
    """Find technologies, and those that fit a need."""


@technologies.command()
@click.argument("slug", metavar="FAIR")
@click.argument("text")
@LIMIT
@JSON
@with_appcontext
def search(slug: str, text: str, limit: int, as_json: bool) -> None:
    """Search the technologies of FAIR for TEXT: accents, order and small slips do not matter."""
    begin_mode.set("DEFERRED")
    fair = _only(Fair, f"There is no fair {slug}.", slug=slug)
    found = finding.find(finding.Wanted(text, "technology"), fair)
    rows = found.rows[:limit]
    told = _records(Technology, [row.record_id for row in rows])
    _tell(
        [
            (told[row.record_id], found.scores.get(row.id, 0.0), reasons.of_hit(found, row, told[row.record_id]))
            for row in rows
        ],
        as_json,
    )


@technologies.command()
@click.argument("ref", metavar="NEED_ID")
@LIMIT
@JSON
@with_appcontext
def match(ref: str, limit: int, as_json: bool) -> None:
    """List the technologies that fit the need NEED_ID best."""
    begin_mode.set("DEFERRED")
    need = _only(Need, f"There is no need {ref}.", public_ref=ref)
    matches = matching.offers_for(need.id, limit)
    told = _records(Technology, [match.record_id for match in matches])
    offers = [(match, told[match.record_id]) for match in matches]
    _tell([(offer, m.fit.score, reasons.of_match(m, need, offer, told=offer)) for m, offer in offers], as_json)


@click.group()
def catalogue() -> None:
    """The index in which technologies, needs and exhibitors are found."""


@catalogue.command()
@with_appcontext
def rebuild() -> None:
    """Write the whole index anew; what is searched meanwhile is the old one."""
    count = keeping.rebuild()
    db.session.commit()
    click.echo(f"{count} entries.")


def _only(model: Any, otherwise: str, **those: str) -> Any:
    row = db.session.scalars(select(model).filter_by(**those)).one_or_none()
    if row is None:
        raise click.ClickException(otherwise)
    return row


def _records(model: Any, ids: Sequence[int]) -> dict[int, Any]:
    return {row.id: row for row in db.session.scalars(select(model).where(model.id.in_(ids)))}


def _tell(found: Sequence[tuple[Any, float, Sequence[reasons.Reason]]], as_json: bool) -> None:
    if as_json:
        rows = [
            {"id": record.public_ref, "score": round(score, 4), "reasons": [reason.text for reason in why]}
            for record, score, why in found
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for record, score, why in found:
        click.echo(f"{record.public_ref}\t{score:.3f}\t{record.title_vi}")
        for reason in why:
            click.echo(f"\t\t{reason.text}")

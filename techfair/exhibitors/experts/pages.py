"""The public pages of experts and innovative firms: their lists and lasting addresses."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from techfair.exhibitors import addresses, market
from techfair.exhibitors.catalogue import listing
from techfair.exhibitors.experts import queries, words
from techfair.exhibitors.experts.structured import node
from techfair.exhibitors.permanent import pages as lasting
from techfair.exhibitors.permanent import queries as known


@lasting.bp.get("/experts")
def experts() -> ResponseReturnValue:
    """Experts and innovative firms of all fairs, by name."""
    found = listing.of(None, "expert")
    return render_template("experts/list.html", listing=found, page=found.page, text=found.wanted.text, words=words)


@market.bp.get("/experts", endpoint="experts")
def experts_at(slug: str) -> ResponseReturnValue:
    """Those of a fair's exhibitors, by name."""
    found = listing.of(market.fair_of(slug), "expert")
    return render_template("experts/list.html", listing=found, page=found.page, text=found.wanted.text, words=words)


@lasting.bp.get("/experts/<ref>")
def expert(ref: str) -> ResponseReturnValue:
    """One of them: what they know, and which technologies they stand for."""
    expert = queries.published(ref) or abort(404)
    technologies = queries.technologies_of(expert)
    return render_template(
        "experts/expert.html",
        expert=expert,
        company=expert.company,
        technologies=technologies,
        shown_at=known.fairs_of(expert.company_id),
        structured=node(expert, technologies, addresses.card(expert)),
        words=words,
    )


@lasting.bp.get("/experts/<ref>/<spoken>.png")
def expert_card(ref: str, spoken: str) -> Response:
    """The picture that messengers show beside a link to one of them."""
    expert = queries.published(ref) or abort(404)
    return lasting.drawn("expert", expert, known.fairs_of(expert.company_id), spoken)

"""Keeping the catalogue true: each deed on a record writes its entry in the same transaction."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import selectinload

from techfair.core.database import alone
from techfair.exhibitors.catalogue import entries, words
from techfair.exhibitors.catalogue.models import CatalogueEntry
from techfair.exhibitors.experts.models import Expert
from techfair.exhibitors.models import Company
from techfair.exhibitors.record_models import Need, Technology
from techfair.extensions import db

CATALOGUE_LOCK = 7_301_021  # under which PostgreSQL's writers count words one after another
CHUNK = 500

Record = Company | Technology | Need | Expert
SAYS: dict[type, Callable[..., entries.Entry]] = {
    Technology: entries.of_technology,
    Need: entries.of_need,
    Expert: entries.of_expert,
}
KIND: dict[type, str] = {Technology: "technology", Need: "need", Company: "exhibitor", Expert: "expert"}


def keep(record: Record) -> None:
    """Bring the entries of a record in line with it; those of a company with its offers and needs."""
    db.session.flush()
    alone(CATALOGUE_LOCK)
    touched: list[Record] = [record]
    if isinstance(record, Company):
        touched += [one for model in SAYS for one in _published(model, record.id)]
    _replace(touched)


def rebuild() -> int:
    """Write the whole index anew; the number of its entries."""
    db.session.flush()
    alone(CATALOGUE_LOCK)
    db.session.execute(delete(CatalogueEntry))
    words.forget()
    models: tuple[Any, ...] = (Company, *SAYS)
    return sum(_add(chunk) for model in models for chunk in _chunks(model))


def _replace(records: Sequence[Record]) -> None:
    gone: Counter[str] = Counter()
    for record in records:
        mine = (CatalogueEntry.kind == KIND[type(record)]) & (CatalogueEntry.record_id == record.id)
        for row in db.session.execute(select(CatalogueEntry.__table__).where(mine)).mappings():
            gone.subtract(words.of(dict(row)))
        db.session.execute(delete(CatalogueEntry).where(mine))
    _add(records, gone)


def _add(records: Sequence[Record], gone: Counter[str] | None = None) -> int:
    rows = _entries(records)
    changes, version = gone or Counter(), words.newest() + 1
    for row in rows:
        changes.update(words.of(row))
    if rows:
        db.session.connection().execute(insert(CatalogueEntry), [row | {"version": version} for row in rows])
    words.count(changes, version)
    return len(rows)


def _entries(records: Sequence[Record]) -> list[entries.Entry]:
    """What the public ones among the records say."""
    ids = {record.company_id for record in records if not isinstance(record, Company)}
    owners = {company.id: company for company in db.session.scalars(select(Company).where(Company.id.in_(ids)))}
    rows = []
    for record in records:
        if isinstance(record, Company):
            rows.append(entries.of_company(record))
        elif record.state == "published":
            rows.append(SAYS[type(record)](record, owners[record.company_id]))
    return rows


def _chunks(model: Any) -> Iterator[list[Any]]:
    """Every row of a table, so many at a time."""
    after = 0
    rows = select(model).order_by(model.id).limit(CHUNK).options(selectinload(model.sectors))
    while chunk := list(db.session.scalars(rows.where(model.id > after))):
        yield chunk
        after = chunk[-1].id


def _published(model: Any, company_id: int) -> list[Any]:
    those = select(model).filter_by(company_id=company_id, state="published").options(selectinload(model.sectors))
    return list(db.session.scalars(those))

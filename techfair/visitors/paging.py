"""Pages of long lists of people: what is counted, and how far."""

from typing import Any

from flask_sqlalchemy.pagination import SelectPagination
from sqlalchemy import Select, func, select

from techfair.visitors.models import Registration

COUNTED = 1000  # people found: nobody pages further, they type another word


class Listed(SelectPagination):
    """A page of everyone, counted by an index alone."""

    is_more = False

    def _ids(self) -> Select[Any]:
        query: Select[Any] = self._query_args["select"]
        return query.with_only_columns(Registration.id).order_by(None)

    def _query_count(self) -> int:
        counted = select(func.count()).select_from(self._ids().subquery())
        return int(self._query_args["session"].scalar(counted) or 0)


class Found(Listed):
    """A page of what a search found; of very many only the first are counted and shown: ``is_more`` says so."""

    def _ids(self) -> Select[Any]:
        return super()._ids().limit(COUNTED + 1)

    def _query_count(self) -> int:
        total = super()._query_count()
        self.is_more = total > COUNTED
        return min(total, COUNTED)

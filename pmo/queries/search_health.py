"""Whether the search index holds as much as there is to be found."""

from typing import Any

import peewee as pw

from pmo.db import database, rows
from pmo.domain.search_words import VERSION
from pmo.errors import _
from pmo.models import SearchEntry, SearchState
from pmo.queries.search_sources import SOURCES


def fault() -> tuple[str, dict[str, Any]]:
    """Return a template of what is wrong, '' if all is well, and its facts."""
    if SearchState.select(SearchState.version).scalar() != VERSION:
        return _("it is not built; run “pmo search rebuild”"), {}
    counted = SearchEntry.select(SearchEntry.kind, pw.fn.COUNT(SearchEntry.id))
    kept = dict(rows(counted.group_by(SearchEntry.kind)))
    there = {kind: source.numbers().count() for kind, source in SOURCES.items()}
    indexed = int(database.execute_sql("SELECT COUNT(*) FROM search_index").fetchone()[0])
    apart = sum(abs(count - kept.get(kind, 0)) for kind, count in there.items())
    apart = max(apart, abs(indexed - sum(there.values())))
    if not apart:
        return "", {}
    return _("it is {count} entries apart; run “pmo search rebuild”"), {"count": apart}

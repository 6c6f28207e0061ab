"""From a query string to what list queries take, and from their answers to pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pmo.http import current, task_filters
from pmo.queries.task_filters import TaskFilters
from pmo.queries.task_lists import Slice

SLICE = frozenset({"sort", "page", "page_size"})


def filters_and_slice(asked: Mapping[str, Any]) -> tuple[TaskFilters, Slice]:
    """Divide the parameters of a list of tasks into what filters and what cuts."""
    filters = task_filters.meant(task_filters.only(asked))
    filters = replace(filters, is_archived=asked["is_archived"])
    return filters, Slice(**{name: asked[name] for name in SLICE})


def history_page(
    read: Callable[..., Sequence[Any]], of_id: int, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a page of a journal, and where the next one begins.

    read: a query that takes an id, the actor, `limit` and `before_id`.
    """
    limit = asked["limit"]
    found = read(of_id, current.actor(), limit=limit + 1, before_id=asked.get("before_id"))
    following = found[limit - 1].id if len(found) > limit else None
    return {"items": found[:limit], "next_before_id": following}

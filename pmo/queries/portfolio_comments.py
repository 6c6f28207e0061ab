"""Comments as a portfolio file holds them."""

from collections import defaultdict
from typing import Any

from pmo.db import rows
from pmo.models import Comment
from pmo.queries.portfolio_values import moment_text

Part = dict[str, Any]


def by_task(logins: dict[int, str]) -> dict[int, list[Part]]:
    """Return the comments of all tasks by task id, the oldest first."""
    fields = (
        Comment.task,
        Comment.number,
        Comment.author,
        Comment.text,
        Comment.written_at,
        Comment.edited_at,
        Comment.removed_at,
        Comment.removed_by,
    )
    found: dict[int, list[Part]] = defaultdict(list)
    for task, number, author, text, written, edited, removed, remover in rows(
        Comment.select(*fields).order_by(Comment.task, Comment.number)
    ):
        found[task].append(
            {
                "number": number,
                "author": logins.get(author),
                "text": text,
                "written_at": moment_text(written),
                "edited_at": edited and moment_text(edited),
                "removed_at": removed and moment_text(removed),
                "removed_by": remover and logins[remover],
            }
        )
    return found

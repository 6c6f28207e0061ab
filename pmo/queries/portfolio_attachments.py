"""Files of cards as a portfolio file lists them; their bytes travel beside it."""

from collections import defaultdict
from typing import Any

from pmo.db import rows
from pmo.models import Attachment
from pmo.queries.portfolio_values import moment_text

Part = dict[str, Any]


def by_task(logins: dict[int, str]) -> dict[int, list[Part]]:
    """Return the files of all tasks by task id, in the order they came."""
    fields = (
        Attachment.task,
        Attachment.name,
        Attachment.size,
        Attachment.sha256,
        Attachment.media_type,
        Attachment.added_by,
        Attachment.added_at,
    )
    found: dict[int, list[Part]] = defaultdict(list)
    for task, name, size, sha256, media_type, added_by, added_at in rows(
        Attachment.select(*fields).order_by(Attachment.task, Attachment.id)
    ):
        found[task].append(
            {
                "name": name,
                "size": size,
                "sha256": sha256,
                "media_type": media_type,
                "added_by": logins[added_by],
                "added_at": moment_text(added_at),
            }
        )
    return found

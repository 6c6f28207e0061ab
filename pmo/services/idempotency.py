"""Doing a creation once, however often it is asked for with the same Idempotency-Key."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from pmo.db import transaction
from pmo.domain.permissions import Actor
from pmo.errors import IdempotencyMismatch
from pmo.models import IdempotencyKey

KEPT = timedelta(hours=24)
"""How long a key is remembered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A creation as it is asked for.

    key: chosen by the client, up to 255 characters. route: method and address, up to 160.
    payload: what was sent, as JSON has it.
    """

    key: str
    route: str
    payload: Any


def once(
    asked: Asked, *, actor: Actor, at: datetime, create: Callable[[], int]
) -> tuple[int, bool]:
    """Create, or find what the same request has created before; return its id and whether so.

    The key is written in the transaction of the effect: both stand or neither, and a second
    request with the key waits for the first. Keys older than a day are forgotten here.
    Raises IdempotencyMismatch if the key came with another payload, and what create raises:
    then the key is free again.
    """
    with transaction():
        IdempotencyKey.delete().where(IdempotencyKey.created_at < at - KEPT).execute()
        fingerprint = fingerprint_of(asked.payload)
        row_id = _inserted(asked, fingerprint, actor, at)
        if row_id is None:
            return _made_before(asked, fingerprint, actor), True
        result = create()
        IdempotencyKey.update(result_id=result).where(IdempotencyKey.id == row_id).execute()
    return result, False


def fingerprint_of(payload: Any) -> str:
    """Return the same text for the same JSON, whatever its spaces and order of keys."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _inserted(asked: Asked, fingerprint: str, actor: Actor, at: datetime) -> int | None:
    """Take the key; None if it is taken. Waits for a transaction that is taking it now."""
    insert = IdempotencyKey.insert(
        user=actor.user_id,
        route=asked.route,
        key=asked.key,
        fingerprint=fingerprint,
        created_at=at,
    )
    rows = list(insert.on_conflict_ignore().returning(IdempotencyKey.id).tuples().execute())
    return rows[0][0] if rows else None


def _made_before(asked: Asked, fingerprint: str, actor: Actor) -> int:
    row = IdempotencyKey.get(
        (IdempotencyKey.user == actor.user_id)
        & (IdempotencyKey.route == asked.route)
        & (IdempotencyKey.key == asked.key)
    )
    if row.fingerprint != fingerprint:
        raise IdempotencyMismatch
    return cast(int, row.result_id)

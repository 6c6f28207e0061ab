"""The database: opening it, the base of all models, and the one way to write."""

from pmo.db.connections import (
    SQLITE_FLOOR,
    SQLITE_PRAGMAS,
    BaseModel,
    bind,
    close,
    connect,
    connection,
    database,
    is_postgresql,
    open_database,
    rows,
)
from pmo.db.fields import (
    EnumField,
    JsonTextField,
    PeriodField,
    UTCDateTimeField,
    as_date,
    as_moment,
)
from pmo.db.transactions import (
    after_commit,
    gather_after_commit,
    locked,
    snapshot,
    take_turns,
    transaction,
    writer_gate,
)

__all__ = [
    "SQLITE_FLOOR",
    "SQLITE_PRAGMAS",
    "BaseModel",
    "EnumField",
    "JsonTextField",
    "PeriodField",
    "UTCDateTimeField",
    "after_commit",
    "as_date",
    "as_moment",
    "bind",
    "close",
    "connect",
    "connection",
    "database",
    "gather_after_commit",
    "is_postgresql",
    "locked",
    "open_database",
    "rows",
    "snapshot",
    "take_turns",
    "transaction",
    "writer_gate",
]

"""What a new board starts with."""

from dataclasses import dataclass

from pmo.domain.vocabulary import ColumnMeaning, WipKind


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column as it is asked for."""

    name: str
    meaning: ColumnMeaning
    wip_limit: int | None = None
    wip_kind: WipKind = WipKind.NONE
    definition_of_done: str = ""
    amber_days: int | None = None
    red_days: int | None = None


# The names are content that an office edits, in the language of its documents,
# not text of the interface.
DEFAULT_COLUMNS = (
    ColumnPlan("Бэклог", ColumnMeaning.QUEUE),
    ColumnPlan("К выполнению", ColumnMeaning.QUEUE),
    ColumnPlan("В работе", ColumnMeaning.IN_PROGRESS, 5, WipKind.SOFT),
    ColumnPlan("На согласовании", ColumnMeaning.WAITING),
    ColumnPlan("Готово", ColumnMeaning.DONE),
)

"""A board in lanes: the same columns of cards, cut by stage, person or label."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pmo.domain import card_lanes, folding
from pmo.domain.board_looks import SEVERAL, WITHOUT
from pmo.domain.card_lanes import LaneKey
from pmo.domain.vocabulary import CardOrder, Lanes
from pmo.queries.boards import ColumnView
from pmo.queries.cards import CardView
from pmo.queries.tasks import TaskChoices

MOST_EMPTY = 12
"""So many lanes are shown even when they are empty; of more, only those with cards."""


@dataclass(frozen=True, slots=True)
class LaneView:
    """A lane. name: '' for those without, and for several. cells: cards by column."""

    key: str
    part: str
    name: str
    count: int
    cells: tuple[tuple[CardView, ...], ...]


def lanes(views: Sequence[ColumnView], kind: Lanes, choices: TaskChoices) -> tuple[LaneView, ...]:
    """Cut columns into lanes, in the order of the choices; several and without are the last."""
    cells: dict[str, dict[int, list[CardView]]] = defaultdict(lambda: defaultdict(list))
    names = {str(id_): name for id_, name in _choices(kind, choices)}
    fixed = set(names) if len(names) <= MOST_EMPTY else set()
    for view in views:
        for card in view.cards:
            found = PARTS[kind](card)
            part = card_lanes.part_of([id_ for id_, _name in found])
            names.setdefault(part, "" if part in {SEVERAL, WITHOUT} else found[0][1])
            cells[part][view.head.id].append(card)
    last = [part for part in (SEVERAL, WITHOUT) if names.pop(part, None) is not None]
    shown = [part for part in names if part in fixed or part in cells]
    return tuple(
        LaneView(
            key=str(LaneKey(kind, part)),
            part=part,
            name=names.get(part, ""),
            count=sum(map(len, cells[part].values())),
            cells=tuple(tuple(cells[part][view.head.id]) for view in views),
        )
        for part in (*shown, *last)
    )


def ordered(cards: Iterable[CardView], order: CardOrder) -> tuple[CardView, ...]:
    """Return cards in the order that a person wants to see them in."""
    if order is CardOrder.PLACE:
        return tuple(cards)
    return tuple(sorted(cards, key=ORDERS[order]))


ORDERS: dict[CardOrder, Callable[[CardView], tuple[object, ...]]] = {
    CardOrder.DUE: lambda card: (card.due_on is None, card.due_on),
    CardOrder.WEIGHT: lambda card: (-card.weight,),
    CardOrder.TITLE: lambda card: (folding.fold(card.title), card.title),
    CardOrder.AGE: lambda card: (card.entered_at,),
}

PARTS: dict[Lanes, Callable[[CardView], list[tuple[int, str]]]] = {
    Lanes.STAGE: lambda card: [(card.stage_id, card.stage)] if card.stage_id else [],
    Lanes.ASSIGNEE: lambda card: [(it.id, it.name) for it in card.assignees],
    Lanes.LABEL: lambda card: [(it.id, it.name) for it in card.labels],
}


def _choices(kind: Lanes, choices: TaskChoices) -> list[tuple[int, str]]:
    found = {
        Lanes.STAGE: [(it.id, it.name) for it in choices.stages],
        Lanes.ASSIGNEE: [(it.id, it.name) for it in choices.people],
        Lanes.LABEL: [(it.id, it.name) for it in choices.labels],
    }
    return found[kind]

"""How a person looks at a board: lanes, order, density, and what is folded."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pmo.domain.vocabulary import CardOrder, Density, Lanes

MOST_FOLDED = 200
"""Columns, or lanes, that a look remembers as folded; the ones folded first give way."""

WITHOUT = "0"
SEVERAL = "several"
"""Parts of a lane's key in place of an id: cards with none of them, and with more than one."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one person looks at one board. folded_lanes: keys such as `stage-7`."""

    lanes: Lanes = Lanes.NONE
    order: CardOrder = CardOrder.PLACE
    density: Density = Density.COMFORTABLE
    folded_columns: tuple[int, ...] = ()
    folded_lanes: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Tell whether the columns stand as they are for everybody."""
        return self.lanes is Lanes.NONE and self.order is CardOrder.PLACE


PLAIN = Look()


def arranged(look: Look, **wanted: Any) -> Look:
    """Return a look with other lanes, order, density; None leaves one as it is."""
    return replace(look, **{name: value for name, value in wanted.items() if value is not None})


def folded(
    look: Look, *, is_folded: bool, column_id: int | None = None, lane: str | None = None
) -> Look:
    """Return a look where a column or a lane is folded, or not."""
    if column_id is not None:
        columns = tuple(it for it in look.folded_columns if it != column_id)
        added = (column_id,) if is_folded else ()
        return replace(look, folded_columns=(*columns, *added)[-MOST_FOLDED:])
    lanes = tuple(it for it in look.folded_lanes if it != lane)
    kept = (lane,) if is_folded and lane is not None else ()
    return replace(look, folded_lanes=(*lanes, *kept)[-MOST_FOLDED:])


def to_dict(look: Look) -> dict[str, Any]:
    """Return a look as JSON can hold it."""
    return asdict(look)


def from_dict(values: Mapping[str, Any]) -> Look:
    """Return the look that `to_dict` took apart."""
    return Look(
        lanes=Lanes(values["lanes"]),
        order=CardOrder(values["order"]),
        density=Density(values["density"]),
        folded_columns=tuple(values["folded_columns"]),
        folded_lanes=tuple(values["folded_lanes"]),
    )

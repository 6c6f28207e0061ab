"""Figures of a project from sums of its tasks: the ratios, never the counting."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaskSums:
    """What a project's columns add up to. Counts are of tasks, weights of their points.

    overdue_count: tasks whose due day is past and that are not done.
    """

    done_count: int
    total_count: int
    done_weight: int
    total_weight: int
    overdue_count: int = 0

    @property
    def completion_ratio(self) -> float | None:
        """The share of the weight that is done, 0 to 1; None while there is nothing to do."""
        return completion_ratio(self.done_weight, self.total_weight)

    @property
    def completion_percent(self) -> int | None:
        """The same in whole per cent, for people."""
        ratio = self.completion_ratio
        return None if ratio is None else percent(ratio)


def completion_ratio(done_weight: int, total_weight: int) -> float | None:
    """Return Σ weight of done ÷ Σ weight of all, 0 to 1; None when nothing weighs anything.

    Raises ValueError when a sum is negative or more is done than there is.
    """
    if not 0 <= done_weight <= total_weight:
        raise ValueError(f"{done_weight} of {total_weight} cannot be done")
    return done_weight / total_weight if total_weight else None


def percent(ratio: float) -> int:
    """Return whole per cent, rounded down, so that 100 is said of what is done entirely."""
    return int(ratio * 100 + 1e-9)

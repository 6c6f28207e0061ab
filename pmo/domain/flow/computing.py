"""All figures of flow of a project at once."""

from datetime import tzinfo

from pmo.domain.flow import (
    ageing,
    blocked,
    cumulative,
    cycle_times,
    efficiency,
    little,
    service_level,
    throughput,
    wip,
)
from pmo.domain.flow.cumulative import Steps
from pmo.domain.flow.figures import Figures, Window
from pmo.domain.flow.lives import Lives


def of(
    lives: Lives,
    window: Window,
    zone: tzinfo,
    *,
    steps: Steps | None = None,
    percent: int = service_level.PERCENT,
    window_days: int = service_level.WINDOW_DAYS,
) -> Figures:
    """Compute every figure over a window. percent, window_days: of the service level."""
    level = service_level.of(lives, window.as_of, zone, percent=percent, window_days=window_days)
    return Figures(
        window=window,
        wip=wip.by_day(lives, window, zone),
        wip_tasks=wip.tasks_at(lives, window.as_of),
        throughput=throughput.of(lives, window, zone),
        cycle_times=cycle_times.of(lives, window, zone),
        level=level,
        ageing=ageing.of(lives, window.as_of, zone, level),
        efficiency=efficiency.of(lives, window, zone),
        blocked=blocked.of(lives, window, zone),
        cumulative=cumulative.of(lives, window, zone, steps),
        little=little.of(lives, window, zone),
    )

"""Little's law: the mean work in progress is arrivals by day times the mean days in work."""

from datetime import tzinfo

from pmo.domain.flow.blocked import bounds
from pmo.domain.flow.figures import Little, Window
from pmo.domain.flow.lives import Lives
from pmo.domain.flow.work import sojourns

DAY_SECONDS = 86_400
STEADY_PERCENT = 20
"""How much the work in progress may change, of what it was at the start."""


def of(lives: Lives, window: Window, zone: tzinfo) -> Little:
    """Return the parts of the law over the window, as known at each moment of it.

    A card that leaves and comes again arrives twice. The law is exact for any window; used as a
    forecast it wants as much work at the end as at the start.
    """
    first, last = bounds(window, zone)
    arrivals = at_start = at_end = 0
    in_work = 0.0
    for life in lives.values():
        for since, until in sojourns(life, window.as_of):
            if since >= last or (until is not None and until <= first):
                continue
            arrivals += 1
            at_start += since < first
            at_end += until is None or until > last
            in_work += (min(until or last, last) - max(since, first)).total_seconds()
    days = max((last - first).total_seconds(), 1) / DAY_SECONDS
    in_work_days = in_work / DAY_SECONDS
    return Little(
        average_wip=in_work_days / days,
        arrivals=arrivals,
        arrivals_per_day=arrivals / days,
        days_in_work=in_work_days / arrivals if arrivals else None,
        wip_at_start=at_start,
        wip_at_end=at_end,
        is_steady=abs(at_end - at_start) * 100 <= STEADY_PERCENT * at_start,
    )

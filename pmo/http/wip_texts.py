"""Limits of work in progress that were passed, as sentences for people."""

from collections.abc import Iterable

from flask_babel import gettext as _

from pmo.domain.wip import Overrun
from pmo.domain.wip_rules import Overload


def passed(overrun: Overrun | None, overloads: Iterable[Overload] = ()) -> list[str]:
    """Tell which soft limits an act has passed."""
    told = [_more(one) for one in overloads]
    if overrun is None:
        return told
    column = _(
        "The column is over its limit: %(count)d cards where %(limit)d were agreed.",
        count=overrun.count,
        limit=overrun.limit,
    )
    return [str(column), *told]


def _more(load: Overload) -> str:
    facts = {"name": load.name, "count": load.count, "limit": load.limit}
    return f"{_('More in progress than agreed:')} {_('%(name)s: %(count)d of %(limit)d', **facts)}"

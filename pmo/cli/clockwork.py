"""`pmo tick`: what time brings, once; `pmo work`: the worker of `pmo serve` without the server."""

import click

from pmo import clock
from pmo.cli.language import _
from pmo.cli.program import Refused, office, say
from pmo.jobs import worker
from pmo.services import clockwork


@click.command(
    help=_("Do what time brings: remind of cards that are due soon. “pmo serve” does it by itself.")
)
@click.option("--if-due", is_flag=True, help=_("Do only what nobody has done in its turn."))
def tick(*, if_due: bool) -> None:
    """Go through the list once."""
    with office() as settings:
        at = clock.now().astimezone(settings.timezone)
        if if_due:
            clockwork.tick_if_due(at, minutes=settings.background_minutes)
        elif failed := clockwork.tick(at):
            raise Refused(_("Failed: {names}.").format(names=", ".join(failed)))


@click.command(
    help=_("Do background work until Ctrl+C. “pmo serve” does it by itself; any number may run.")
)
def work() -> None:
    """Check that it is safe to start, work."""
    with office() as settings:
        say(_("Background work is done here. Ctrl+C ends it."))
    worker.work(settings)

"""`pmo figures`: what is kept of the journal's figures."""

import sys

import click

from pmo import clock
from pmo.cli.language import _
from pmo.cli.program import office, say
from pmo.services import flow_days


@click.group("figures", help=_("Figures by day that are kept of the journal."))
def group() -> None:
    """Gather the sub-commands."""


@group.command(
    help=_("Make the kept figures anew from the journal, and say whether they were right.")
)
@click.option("--check", is_flag=True, help=_("Only compare, and fail if they were not."))
def rebuild(*, check: bool) -> None:
    """Make them anew, or compare."""
    with office() as settings:
        at = clock.now().astimezone(settings.timezone)
        done = flow_days.rebuild(at, at.date(), only_compare=check)
    say(
        _("Figures of {projects} projects from {events} events: days {days}, wrong {differing}."),
        projects=done.projects,
        events=done.events,
        days=done.days,
        differing=done.differing,
    )
    if check and done.differing:
        sys.exit(1)

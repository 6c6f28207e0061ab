"""`pmo demo`: the demo portfolio and its sign-ins."""

import click

from pmo import clock, demo
from pmo.blobs import Store
from pmo.cli.language import _
from pmo.cli.program import Refused, office, say
from pmo.config import Settings
from pmo.http.labels import label_of
from pmo.queries import demo_accounts


@click.group("demo", help=_("The demo portfolio."))
def group() -> None:
    """Gather the sub-commands."""


@group.command(
    help=_(
        "Load the demo portfolio into an empty database, with a sign-in for each role. "
        "Its days become those of now."
    )
)
@click.option("--as-written", is_flag=True, help=_("Keep the days as they are written."))
@click.option("--if-empty", is_flag=True, help=_("Do nothing where there is anybody already."))
@click.option(
    "--open-to-all",
    is_flag=True,
    help=_("Make the demo sign-ins even where PMO_HTTPS says that the world can reach them."),
)
def load(*, as_written: bool, if_empty: bool, open_to_all: bool) -> None:
    """Load the demo portfolio."""
    with office() as settings:
        if if_empty and demo_accounts.is_anybody_here():
            return
        if settings.https and not open_to_all:
            raise Refused(
                _(
                    "PMO_HTTPS is on: this office can be reached by others, and the demo has "
                    "sign-ins whose password is printed. Give --open-to-all if you want that."
                )
            )
        done = demo.load(
            today=clock.today(settings.timezone),
            at=clock.now(),
            data_dir=settings.data_dir,
            store=Store(settings.attachments_dir),
            as_written=as_written,
            zone=settings.timezone,
        )
        say(
            _("Demo loaded: projects {projects}, tasks {tasks}."),
            projects=done.projects,
            tasks=done.tasks,
        )
        if not if_empty:  # on the way to `pmo serve`, which prints them at every start
            print_sign_ins(settings)


def print_sign_ins(settings: Settings) -> None:
    """Print the demo sign-ins while such accounts exist."""
    open_now = demo.sign_ins()
    if not open_now:
        return
    say(_("Demo sign-ins, password {password}:"), password=demo.password(settings.data_dir))
    for sign_in in open_now:
        click.echo(f"  {sign_in.login:<12}{_(str(label_of(sign_in.role)))}")

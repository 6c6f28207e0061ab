"""`pmo tick`: what time brings; and the timer that has it done while `pmo serve` runs."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta

import click

from pmo import clock
from pmo.cli.language import _
from pmo.cli.program import office
from pmo.services import clockwork

EVERY = timedelta(minutes=5)
FIRST = timedelta(seconds=20)
LONGEST = timedelta(minutes=4)

log = logging.getLogger("pmo.clock")


@click.command(
    help=_("Do what time brings: remind of cards that are due soon. “pmo serve” does it by itself.")
)
@click.option(
    "--if-due", is_flag=True, help=_("Do nothing if it was done within the last five minutes.")
)
def tick(*, if_due: bool) -> None:
    """Go through the list once."""
    with office() as settings:
        at = clock.now().astimezone(settings.timezone)
        every = EVERY - timedelta(seconds=30) if if_due else timedelta(0)
        if clockwork.take_turn(at, every=every):
            clockwork.tick(at, at.date())


def start_timer(
    run: Callable[[], None] | None = None, *, first: timedelta = FIRST, every: timedelta = EVERY
) -> threading.Event:
    """Tick every few minutes until the returned event is set.

    Each time in a process of its own: granian forks its workers from this one, which therefore
    must not hold a connection, and a worker has people to serve.
    """
    ended, do = threading.Event(), run or _run

    def go_on() -> None:
        pause = first
        while not ended.wait(pause.total_seconds()):
            do()
            pause = every

    threading.Thread(target=go_on, name="clockwork", daemon=True).start()
    return ended


def _run() -> None:
    """Start `pmo tick`; what it complains of stands among the messages of the server."""
    command = [sys.executable, "-c", "from pmo.cli import main; main()", "tick", "--if-due"]
    try:
        subprocess.run(  # noqa: S603 - this very program
            command, stdout=subprocess.DEVNULL, timeout=LONGEST.total_seconds(), check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        log.exception("tick failed")

"""`pmo serve`: the office on a port, by granian's processes, and a worker beside them."""

import gc
import socket
import sys
from contextlib import nullcontext
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

import pmo
from pmo import clock
from pmo.cli.demo import print_sign_ins
from pmo.cli.language import _
from pmo.cli.program import Refused, office, say
from pmo.jobs.beside import WorkerBeside
from pmo.queries import doctor

SECONDS_TO_END = 5
"""A worker that has not ended its requests by then is killed."""


@click.command(help=_("Serve the office. Ctrl+C ends it."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to listen at."))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=_("Port.")
)
@click.option(
    "--workers", type=click.IntRange(1, 32), help=_("Processes; PMO_WORKERS if not given.")
)
@click.option(
    "--background/--no-background",
    default=True,
    help=_("Do background work too, or leave it to “pmo work”."),
)
def serve(host: str, port: int, workers: int | None, *, background: bool) -> None:
    """Check that it is safe to start, tell the address, serve."""
    with office() as settings:
        if doctor.clock_is_behind(clock.now()):
            raise Refused(_("The clock of this machine is behind the last event of the journal."))
        _check_free(host, port)
        say(_("The project office is at {address}"), address=_address(host, port))
        print_sign_ins(settings)
    target, folder = _target()
    _load_before_the_fork(target, folder)
    with WorkerBeside(settings) if background else nullcontext():
        _run(target, folder, host, port, workers or settings.workers)


def _load_before_the_fork(target: str, folder: Path | None) -> None:
    """Load the application once; its processes share it as long as they do not write to it.

    The collector of garbage would write to all of it, hence the freezing. Measured, together with
    the worker: 126 MB instead of 185. Nothing here may open a connection or start a thread.
    """
    if folder is not None:
        sys.path.insert(0, str(folder))
    import_module(target.partition(":")[0])
    gc.collect()
    gc.freeze()


def _run(target: str, folder: Path | None, host: str, port: int, workers: int) -> None:
    """Serve until told to end.

    One blocking thread for each process: with four, a request at eight connections
    waited 373 ms instead of 1.3 (the interpreter's lock is handed round).
    """
    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_END,
        working_dir=folder,
    ).serve()


def _target() -> tuple[str, Path | None]:
    """Return what to serve: `pmo.wsgi` when installed, `wsgi.py` beside it in a checkout."""
    if find_spec("pmo.wsgi") is not None:
        return "pmo.wsgi:app", None
    return "wsgi:app", Path(pmo.__file__).parents[1]


def _check_free(host: str, port: int) -> None:
    """Refuse a port that is taken: granian would share it with another office in silence."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        message = _("Cannot listen at {host}:{port}: {error}")
        raise Refused(message.format(host=host, port=port, error=error)) from error


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"

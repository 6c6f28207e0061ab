"""`pmo serve`: what it refuses, what it prints, how it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result

from pmo import clock
from pmo import db as pmo_db
from pmo.models import Event

Run = Callable[..., Result]

pytestmark = pytest.mark.one_database


@pytest.fixture
def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(pmo: Run, free_port: int, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve an office with the demo in a process of its own."""
    pmo("demo", "load")
    command = [Path(sys.executable).with_name("pmo"), "serve", "--port", str(free_port)]
    with (tmp_path / "served.log").open("w+") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdout=log, stderr=log, text=True, env=os.environ
        )
        url = f"http://127.0.0.1:{free_port}"
        try:
            wait_for(url)
            yield process, url
        finally:
            process.terminate()  # a kill would leave its workers behind
            process.wait(timeout=30)


def wait_for(url: str, seconds: float = 30) -> int:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:  # noqa: S310 - http
                return int(answer.status)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def workers(process: subprocess.Popen[str]) -> set[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return {int(pid) for pid in children.split()}


def test_it_answers_prints_the_sign_ins_and_ends_when_told(
    served: tuple[subprocess.Popen[str], str], tmp_path: Path, office: Path
) -> None:
    process, url = served
    children = workers(process)

    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=15)

    said = (tmp_path / "served.log").read_text().splitlines()
    password = (office / "demo_password").read_text()
    assert code == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    assert said[:2] == [
        f"The project office is at {url}",
        f"Demo sign-ins, password {password}:",
    ]
    assert [line.split()[0] for line in said[2:7]] == [
        "admin",
        "director",
        "lead",
        "methodist",
        "observer",
    ]


def test_a_process_that_dies_is_replaced(served: tuple[subprocess.Popen[str], str]) -> None:
    process, url = served
    before = workers(process)

    os.kill(max(before), signal.SIGKILL)
    deadline = time.monotonic() + 20
    while len(workers(process) - {max(before)}) < len(before) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert len(before) == 3  # two that answer, and one in the background
    assert len(workers(process)) == 3
    assert wait_for(url) == 200


def test_what_is_loaded_before_the_fork_is_fit_for_it() -> None:
    """No charts: their engine hangs in a process that was forked after it began to draw."""
    program = """if True:
        import sys, threading
        from pmo.cli import server
        server._load_before_the_fork(*server._target())
        from pmo.db import database
        held = len(database._connections) + len(database._in_use)
        print("vl_convert" in sys.modules, threading.active_count(), held)
    """
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )

    assert done.stdout.split() == ["False", "1", "0"]


def test_a_port_that_is_taken_is_refused(pmo: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        result = pmo("serve", "--port", port)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: Cannot listen at 127.0.0.1:{port}: ")


def test_an_address_that_is_not_here_is_refused(pmo: Run) -> None:
    result = pmo("serve", "--host", "203.0.113.7")

    assert result.exit_code == 1
    assert "Cannot listen at 203.0.113.7:8000" in result.stderr


def test_a_clock_behind_the_journal_is_refused(pmo: Run, database_url: str) -> None:
    pmo_db.bind(database_url)
    with pmo_db.connection():
        Event.create(at=clock.now() + timedelta(hours=1), kind="portfolio.exported", data={})

    result = pmo("serve")

    assert result.exit_code == 1
    assert result.stderr == (
        "Error: The clock of this machine is behind the last event of the journal.\n"
    )

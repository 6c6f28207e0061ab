"""The worker beside a server, as real processes: replaced when it dies, gone when the server is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmo.config import Settings

PROGRAM = """
import sys
from pmo.config import Settings
from pmo.jobs.beside import WorkerBeside

with WorkerBeside(Settings.from_env(), pause=0.1) as beside:
    print(beside._process.pid, flush=True)
    for line in sys.stdin:
        before = int(line)
        while beside._process.pid == before:
            pass
        print(beside._process.pid, flush=True)
"""

Server = subprocess.Popen[str]

pytestmark = pytest.mark.one_database


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """Run a program that has a worker beside it."""
    env = {
        **os.environ,
        "PMO_DATA_DIR": str(settings.data_dir),
        "PMO_DATABASE_URL": settings.database_url,
    }
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=env,
    )
    yield process
    process.kill()
    process.communicate(timeout=30)


def worker_of(server: Server) -> int:
    assert server.stdout is not None
    return int(server.stdout.readline())


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not Path(f"/proc/{pid}").exists()


def test_one_that_dies_is_replaced_and_the_last_ends_with_the_server_in_order(
    server: Server,
) -> None:
    first = worker_of(server)

    os.kill(first, signal.SIGKILL)
    assert server.stdin is not None
    server.stdin.write(f"{first}\n")
    server.stdin.flush()
    second = worker_of(server)
    _, said = server.communicate(timeout=30)  # the end of its input is its end

    assert second != first
    assert server.returncode == 0
    assert is_gone(second)
    assert "the worker ended (-9), another is started" in said


def test_one_whose_server_is_killed_ends_by_itself(server: Server) -> None:
    worker = worker_of(server)

    server.kill()

    assert is_gone(worker)

"""Several real processes look through the clock's list in one turn: each job is done once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROCESSES = 3
PROGRAM = """
import sys, time
from contextlib import nullcontext
from datetime import UTC, datetime
from pmo import db
from pmo.services import clockwork

def breathe(at, today):
    with open(said, "a") as file:
        file.write("x")
    time.sleep(0.3)  # the others come meanwhile

clockwork.JOBS = (clockwork.often(breathe),)
guarded = clockwork.alone
db.bind(sys.argv[1])
with db.connection():
    print("here", flush=True)
    for line in sys.stdin:
        hour, kind, said = line.split()
        clockwork.alone = guarded if kind == "guarded" else lambda name: nullcontext(True)
        for _ in range(2):  # beside the others, and after them
            clockwork.tick_if_due(datetime(2025, 1, 15, int(hour), tzinfo=UTC), minutes=5)
        print("done", flush=True)
"""

Process = subprocess.Popen[str]


@pytest.fixture
def processes(database_url: str) -> Iterator[list[Process]]:
    """Start processes that look when they are told to."""
    started = [
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", PROGRAM, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    assert [said_by(process) for process in started] == ["here"] * PROCESSES
    yield started
    for process in started:
        process.communicate(timeout=30)


def said_by(process: Process) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def how_often_done(processes: list[Process], line: str, said: Path) -> int:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(f"{line} {said}\n")
        process.stdin.flush()
    assert [said_by(process) for process in processes] == ["done"] * PROCESSES
    return len(said.read_text())


def test_of_several_processes_one_does_it_where_without_the_lock_several_would(
    processes: list[Process], tmp_path: Path
) -> None:
    without = how_often_done(processes, "11 unguarded", tmp_path / "without")
    often = how_often_done(processes, "12 guarded", tmp_path / "with")

    assert without > 1  # or the line below says nothing
    assert often == 1

"""Starting and stopping the servers that are measured, with the product's own settings."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(command: list[str], environment: Mapping[str, str], path: str) -> Iterator[int]:
    """Run a server until the block ends; its port replaces `{port}`. Yields the port.

    path: answered once the server is ready.
    """
    port = free_port()
    arguments = [part.replace("{port}", str(port)) for part in command]
    process = subprocess.Popen(  # noqa: S603
        arguments, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port, path, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def product() -> list[str]:
    """Return the command of the product's own server."""
    return [str(Path(sys.executable).parent / "pmo"), "serve", "--port", "{port}"]


def floor() -> list[str]:
    """Return the command that serves the floor, with the product's server settings."""
    granian = str(Path(sys.executable).parent / "granian")
    options = "--interface wsgi --workers 2 --blocking-threads 1 --no-ws --log-level warning"
    address = ["--host", "127.0.0.1", "--port", "{port}"]
    return [granian, *options.split(), *address, "tests.bench.floor:app"]


def memory_mb(port: int) -> float:
    """Return the proportional memory of the processes that listen on a port, and their family."""
    total = 0
    for process in _family(port):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        total += next(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line)
    return total / 1024


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(port: int) -> list[int]:
    children: dict[int, list[int]] = {}
    roots = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(int(stat[1]), []).append(int(entry.name))
            if str(port).encode() in words:
                roots.append(int(entry.name))
    found = list(roots)
    for process in found:
        found += [child for child in children.get(process, ()) if child not in found]
    return found


def _wait(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    sent = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
    while time.monotonic() < deadline:
        if process.poll() is not None:
            message = "the server ended at its start"
            raise RuntimeError(message)
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                probe.sendall(sent)
                if probe.recv(12).startswith(b"HTTP/1.1"):
                    return
        except OSError:
            time.sleep(0.02)
    message = "the server did not answer"
    raise RuntimeError(message)

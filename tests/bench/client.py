"""A plain keep-alive client over a socket: little work beside the server's own."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: status, bytes of the whole message, the body as sent."""

    status: int
    size: int
    body: bytes


@dataclass(slots=True)
class Timing:
    """What a run gave: milliseconds of the good answers, and how many were not good."""

    milliseconds: list[float] = field(default_factory=list)
    failures: int = 0
    seconds: float = 0.0

    def percentile(self, share: float) -> float:
        """Return the time under which this share of the good answers came."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0

    @property
    def per_second(self) -> float:
        """Good answers per second."""
        return len(self.milliseconds) / self.seconds if self.seconds else 0.0


class Connection:
    """One connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb", buffering=1 << 16)

    def ask(self, request: bytes) -> Answer:
        """Send a whole request and read the whole answer."""
        self._socket.sendall(request)
        status = int(self._file.readline().split()[1])
        length, head = 0, 0
        self.last_head: dict[str, str] = {}
        for line in iter(self._file.readline, b"\r\n"):
            head += len(line)
            name, _, value = line.decode("latin-1").partition(":")
            self.last_head[name.lower()] = value.strip()
        length = int(self.last_head.get("content-length", 0))
        body = self._file.read(length)
        return Answer(status, head + length, body)

    def close(self) -> None:
        """Close it."""
        self._file.close()
        self._socket.close()


def request(method: str, path: str, *, body: bytes = b"", **headers: str) -> bytes:
    """Return the bytes of a request; header names with underscores for hyphens."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def page(cookie: str, path: str, **headers: str) -> bytes:
    """Return the bytes of a request for a page, by somebody who is signed in."""
    return request("GET", path, Cookie=cookie, Accept_Encoding="gzip", **headers)


def run(
    port: int,
    requests: Callable[[int], Iterator[bytes]],
    *,
    connections: int,
    seconds: float,
    good: Callable[[int], bool],
) -> Timing:
    """Ask over some connections for a while. requests: a worker's number → its requests."""
    timing, lock = Timing(), threading.Lock()
    stop = time.perf_counter() + seconds

    def work(number: int) -> None:
        connection, times, failures = Connection(port), [], 0
        for sent in requests(number):
            begun = time.perf_counter()
            if begun >= stop:
                break
            status = connection.ask(sent).status
            if good(status):
                times.append((time.perf_counter() - begun) * 1000)
            else:
                failures += 1
        connection.close()
        with lock:
            timing.milliseconds += times
            timing.failures += failures

    begun = time.perf_counter()
    workers = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    timing.seconds = time.perf_counter() - begun
    return timing

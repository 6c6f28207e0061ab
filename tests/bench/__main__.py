"""Seed a large portfolio, start the real server, measure: `make bench ARGS="--help"`.

Everything goes to this machine's loopback, for a bounded time, and stops by itself.
"""

import argparse
import gzip
import itertools
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from pmo import db
from pmo.models import Task
from tests.bench import browser, journals, million, portfolio, searches, server
from tests.bench.client import Answer, Connection, page, request, run
from tests.bench.seeding import Seeded, cookie, seed
from tests.bench.statements import counter

FINE = range(200, 300)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. bound: the target, as a ratio to a bare Flask route."""

    name: str
    requests: Callable[[int], Iterator[bytes]]
    bound: float | None = None
    good: range = FINE


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each figure (3)")
    parser.add_argument("--postgresql", metavar="URL", help="an EMPTY database to use instead")
    parser.add_argument(
        "--tasks",
        type=int,
        default=0,
        metavar="N",
        help="so many more, made by plain SQL; 1000000 take minutes",
    )
    parser.add_argument(
        "--events",
        type=int,
        default=0,
        metavar="N",
        help="so many more in the journal, of which figures are rebuilt; 1000000 take minutes",
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pmo-bench-") as folder:
        environment = {
            "PMO_DATA_DIR": folder,
            "PMO_DATABASE_URL": arguments.postgresql or f"sqlite:///{folder}/bench.sqlite3",
        }
        seeded = seed(Path(folder), environment)
        print(f"seeded {sum(portfolio.SIZES)} tasks in {seeded.seconds:.1f} s")
        if arguments.events:
            with db.connection():
                print(f"P15 rebuilt in {journals.rebuild(arguments.events):.1f} s, bound 60")
        director = _grown(arguments.tasks) if arguments.tasks else None
        _measure(seeded, director, environment, Path(folder), arguments.seconds)


def _grown(tasks: int) -> str:
    """Make the database large; return the cookie of one who sees all of it."""
    with db.connection():
        seconds = million.grow(tasks)
        print(f"search index of {Task.select().count()} tasks built in {seconds:.0f} s")
        return cookie(million.DIRECTOR, datetime.now(UTC))


def _measure(
    seeded: Seeded,
    director: str | None,
    environment: dict[str, str],
    folder: Path,
    seconds: float,
) -> None:
    begun = time.perf_counter()
    with server.running(server.product(), environment, "/healthz") as port:
        print(f"start to first answer {time.perf_counter() - begun:.2f} s")
        page = _ask(port, _page(seeded, f"/boards/{seeded.board_200}"))
        body = folder / "page.gz"
        body.write_bytes(page.body)
        with server.running(server.floor(), {"BENCH_BODY": str(body)}, "/json") as floor_port:
            bare = _print_floor(floor_port, seconds)
        count = counter(environment)
        everywhere = _searches(director, searches.OF_ALL, "all of it") if director else []
        for line in (*_lines(port, seeded), *everywhere):
            _print_line(port, line, bare, seconds, count)
        _print_many_movers(port, seeded, seconds)
        print(f"memory under load, proportional: {server.memory_mb(port):.0f} MB")
        browser.measure(port, seeded.cookie, seeded.board_1000)


def _print_floor(port: int, seconds: float) -> float:
    print(
        f"\n{'':34}{'p50':>8}{'p95':>8}{'ratio':>7}{'bound':>7}"
        f"{'per s':>8}{'at 8':>8}{'p95':>8}{'SQL':>5}"
    )
    bare = 0.0
    for line in (
        Line("bare Flask, JSON", _same(request("GET", "/json"))),
        Line("bare Flask, ready page", _same(request("GET", "/page"))),
    ):
        bare = bare if bare else _print_line(port, line, bare, seconds)
        if line.name.endswith("page"):
            _print_line(port, line, bare, seconds)
    return bare


def _print_line(
    port: int,
    line: Line,
    bare: float,
    seconds: float,
    count: Callable[[bytes], int] | None = None,
) -> float:
    statements = count(next(line.requests(99))) if count else ""
    one = run(port, line.requests, connections=1, seconds=seconds, good=line.good.__contains__)
    eight = run(port, line.requests, connections=8, seconds=seconds, good=line.good.__contains__)
    p50 = one.percentile(0.5)
    ratio = f"{p50 / bare:.1f}" if bare else ""
    bound = f"{line.bound:g}" if line.bound else ""
    failed = f"  {one.failures + eight.failures} FAILED" if one.failures + eight.failures else ""
    print(
        f"{line.name:34}{p50:8.2f}{one.percentile(0.95):8.2f}{ratio:>7}{bound:>7}"
        f"{one.per_second:8.0f}{eight.per_second:8.0f}{eight.percentile(0.95):8.2f}{statements:>5}{failed}"
    )
    return p50


def _print_many_movers(port: int, seeded: Seeded, seconds: float) -> None:
    moves = _moves_by_api(seeded, seeded.tasks_200, seeded.columns_200)
    movers = run(port, moves, connections=32, seconds=seconds, good=FINE.__contains__)
    print(
        f"\n32 movers by API: {movers.per_second:.0f} per s, p95 {movers.percentile(0.95):.1f} ms,"
        f" {movers.failures} failed"
    )


def _lines(port: int, seeded: Seeded) -> list[Line]:
    board_200 = _page(seeded, f"/boards/{seeded.board_200}")
    board_1000 = _page(seeded, f"/boards/{seeded.board_1000}")
    flow = f"/projects/{seeded.project_1000}"
    column = _page(seeded, f"/columns/{seeded.columns_200[0]}", HX_Request="true")
    return [
        Line("P1 board, 200 cards", _same(board_200), 7),
        Line("P3 board, 1,000 cards", _same(board_1000), 25),
        Line("P4 board unchanged, 304", _unchanged(port, seeded), 2, range(304, 305)),
        Line("one column of the board", _same(column)),
        Line("P2 the same after each move", _after_edits(seeded, board_200), None),
        Line("P5 move on the page, 200", _moves_by_page(seeded), 8),
        Line("P6 move by API, 200", _api_200(seeded), 7),
        Line("   move by API, 1,000", _api_1000(seeded)),
        Line("   100 cards moved at once", _bulk_moves(seeded)),
        Line("P16 flow, 1,000 cards", _same(_page(seeded, f"{flow}/flow")), 30),
        Line("   the same by API", _same(_page(seeded, f"/api/v1{flow}/flow"))),
        Line("   forecast", _same(_page(seeded, f"{flow}/forecast"))),
        Line("P7 registry", _same(_page(seeded, "/projects")), 7),
        Line("P7 my work", _same(_page(seeded, "/my-work")), 7),
        Line("   portfolio board", _same(_page(seeded, "/projects/board"))),
        Line(
            "   a task's panel",
            _same(_page(seeded, f"/tasks/{seeded.tasks_200[0]}", HX_Request="true")),
        ),
        *_searches(seeded.cookie, searches.OF_A_MEMBER, "search"),
        Line(
            "   palette while typing",
            _same(_page(seeded, f"/palette?search={quote('мони')}", HX_Request="true")),
        ),
    ]


def _searches(who: str, texts: searches.Texts, name: str) -> list[Line]:
    return [
        Line(f"P10 {name}: {said}", _same(sent), 60) for said, sent in searches.asked(who, texts)
    ]


def _page(seeded: Seeded, path: str, **headers: str) -> bytes:
    return page(seeded.cookie, path, **headers)


def _same(sent: bytes) -> Callable[[int], Iterator[bytes]]:
    return lambda _: itertools.repeat(sent)


def _unchanged(port: int, seeded: Seeded) -> Callable[[int], Iterator[bytes]]:
    path = f"/boards/{seeded.board_200}"

    def requests(_number: int) -> Iterator[bytes]:
        tag = _etag(port, _page(seeded, path))  # now: a reminder in between changes the page
        return itertools.repeat(_page(seeded, path, If_None_Match=tag))

    return requests


def _after_edits(seeded: Seeded, page: bytes) -> Callable[[int], Iterator[bytes]]:
    """Alternate a move, which changes the board, with its page."""

    def requests(number: int) -> Iterator[bytes]:
        for move in _moves_by_page(seeded)(number):
            yield move
            yield page

    return requests


def _moves_by_page(seeded: Seeded) -> Callable[[int], Iterator[bytes]]:
    def requests(number: int) -> Iterator[bytes]:
        for task, column, before in _random_moves(number, seeded.tasks_200, seeded.columns_200):
            form = f"column_id={column}&before_id={before or ''}&revision=".encode()
            yield request(
                "POST",
                f"/tasks/{task}/placement",
                body=form,
                Cookie=seeded.cookie,
                HX_Request="true",
                Sec_Fetch_Site="same-origin",
                Accept_Encoding="gzip",
                Content_Type="application/x-www-form-urlencoded",
            )

    return requests


def _api_200(seeded: Seeded) -> Callable[[int], Iterator[bytes]]:
    return _moves_by_api(seeded, seeded.tasks_200, seeded.columns_200)


def _api_1000(seeded: Seeded) -> Callable[[int], Iterator[bytes]]:
    return _moves_by_api(seeded, seeded.tasks_1000, seeded.columns_1000)


def _moves_by_api(
    seeded: Seeded, tasks: list[int], columns: list[int]
) -> Callable[[int], Iterator[bytes]]:
    def requests(number: int) -> Iterator[bytes]:
        for task, column, before in _random_moves(number, tasks, columns):
            body = f'{{"column_id": {column}, "before_id": {before or "null"}}}'.encode()
            yield request(
                "PUT",
                f"/api/v1/tasks/{task}/placement",
                body=body,
                Authorization=f"Bearer {seeded.token}",
                Content_Type="application/json",
            )

    return requests


def _bulk_moves(seeded: Seeded) -> Callable[[int], Iterator[bytes]]:
    """Move a hundred cards of the board of 200 from one column to another, again and again."""

    def requests(number: int) -> Iterator[bytes]:
        rng = random.Random(number)  # noqa: S311 — the same moves in every run
        for column in itertools.cycle(seeded.columns_200):
            ids = sorted(rng.sample(seeded.tasks_200, 100))
            body = f'{{"act": "move", "task_ids": {ids}, "column_id": {column}}}'.encode()
            yield request(
                "POST",
                f"/api/v1/boards/{seeded.board_200}/bulk",
                body=body,
                Authorization=f"Bearer {seeded.token}",
                Content_Type="application/json",
            )

    return requests


def _random_moves(
    number: int, tasks: list[int], columns: list[int]
) -> Iterator[tuple[int, int, int | None]]:
    rng = random.Random(number)  # noqa: S311 — the same moves in every run
    while True:
        task, before = rng.sample(tasks, 2)
        yield task, rng.choice(columns), before if rng.random() < 0.5 else None


def _ask(port: int, sent: bytes) -> Answer:
    connection = Connection(port)
    try:
        answer = connection.ask(sent)
    finally:
        connection.close()
    plain = gzip.decompress(answer.body) if answer.body[:2] == b"\x1f\x8b" else answer.body
    print(f"board of 200: {len(plain) / 1024:.0f} KB plain, {answer.size / 1024:.1f} KB sent")
    return answer


def _etag(port: int, sent: bytes) -> str:
    connection = Connection(port)
    connection.ask(sent)
    tag = connection.last_head["etag"]
    connection.close()
    return tag


if __name__ == "__main__":
    main()

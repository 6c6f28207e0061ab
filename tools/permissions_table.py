"""Write docs/permissions.md from the capability table of the product, or check that it is current.

Usage: tools/permissions_table.py write|check
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pmo.domain.gates import PASSAGES  # noqa: E402
from pmo.domain.permissions import (  # noqa: E402
    BY_MEMBERSHIP,
    BY_ROLE,
    CEILING,
    READING,
    WITHOUT_TOKEN,
    Capability,
)
from pmo.domain.vocabulary import Gate, MemberRole, Role  # noqa: E402

PATH = ROOT / "docs" / "permissions.md"

MEANINGS = {
    Capability.PUBLIC: "open the sign-in page and the health addresses",
    Capability.OWN_ACCOUNT: "see one's account, choose password and language, end one's sign-ins",
    Capability.OWN_TOKENS: "make and revoke one's own API tokens",
    Capability.OWN_NOTIFICATIONS: "mark one's own notifications read, mute a project",
    Capability.PORTFOLIO_READ: "open the registry, “My work”, programmes: what is in them is "
    "filtered by project",
    Capability.INITIATIVE_PROPOSE: "propose an initiative; whoever proposes it leads it",
    Capability.PROGRAMMES_EDIT: "add and edit programmes and strategic projects",
    Capability.CALENDAR_EDIT: "set days of the production calendar",
    Capability.PORTFOLIO_EXPORT: "export the whole portfolio as a file",
    Capability.PORTFOLIO_IMPORT: "import a portfolio file into an empty office",
    Capability.USERS_MANAGE: "make, edit, disable accounts; reset passwords",
    Capability.PROJECT_READ: "see a project: passport, stages, people, boards, cards, history",
    Capability.PROJECT_EDIT: "edit a project's head, passport, stages, labels",
    Capability.PROJECT_STAFF: "add and remove a project's members, choose its lead",
    Capability.SPRINT_PLAN: "lay out, plan, start and close sprints",
    Capability.GATE_SUBMIT: "take a project through the gates marked “submit” below",
    Capability.GATE_DECIDE: "take a project through the gates marked “decide” below",
    Capability.BOARD_CONFIGURE: "add and rename boards; add, edit, move, remove columns",
    Capability.OWN_VIEW: "arrange a board for oneself, keep filters of one's own",
    Capability.TASK_COMMENT: "comment on cards, edit and remove one's own comments",
    Capability.TASK_EDIT: "add, move and edit cards",
    Capability.TASK_WATCH: "watch a card: hear of what happens to it",
}

HEAD = """# Who may do what

Made from `pmo/domain/permissions.py` and `pmo/domain/gates.py` by
`.venv/bin/python tools/permissions_table.py write`; a test holds them together. The server and the
templates read the same tables.

A person has one **office role**, which counts everywhere, and any number of **memberships**, each
of which counts in its project. What a person may do in a project is what the office role grants,
and beside it what the membership grants as far as the ceiling of the office role reaches. A project
that a person may not see answers as if it did not exist.
"""


def main(arguments: list[str]) -> int:
    """Write or check the page; return the exit status."""
    if arguments == ["write"]:
        PATH.write_text(page(), encoding="utf-8")
        return 0
    if arguments == ["check"]:
        if PATH.is_file() and PATH.read_text(encoding="utf-8") == page():
            return 0
        print(f"{PATH.relative_to(ROOT)} is not current; run tools/permissions_table.py write")
        return 1
    print("usage: tools/permissions_table.py write|check", file=sys.stderr)
    return 2


def page() -> str:
    """Return the whole page."""
    return "\n".join(
        (
            HEAD,
            *_section("By office role, everywhere", _grants(Role, BY_ROLE)),
            *_section("By membership, in the project", _grants(MemberRole, BY_MEMBERSHIP)),
            *_section("The ceiling: the most that any membership can give", _grants(Role, CEILING)),
            *_section("By API token", _tokens()),
            "A token never does more than its owner could do at that moment.\n",
            *_section("Gates of a project", _gates()),
            "Every passage needs a reason and is kept with who and when.\n",
            *_section("What the names mean", _meanings()),
        )
    )


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"## {title}\n"
    yield from lines
    yield ""


def _grants(
    kinds: type[Role] | type[MemberRole], table: dict[Role, frozenset[Capability]] | dict
) -> Iterator[str]:
    """Draw who has what; a capability that nobody has here is left out."""
    yield from _header("capability", *(kind.value for kind in kinds))
    for capability in Capability:
        marks = ["yes" if capability in table[kind] else "" for kind in kinds]
        if any(marks):
            yield _row(f"`{capability.value}`", *marks)


def _tokens() -> Iterator[str]:
    yield from _header("capability", "scope read", "scope write")
    for capability in Capability:
        if capability in WITHOUT_TOKEN:
            yield _row(f"`{capability.value}`", "never", "never")
        else:
            yield _row(f"`{capability.value}`", "yes" if capability in READING else "", "yes")


def _gates() -> Iterator[str]:
    yield from _header("from", "to", "needs")
    for start in Gate:
        for target in Gate:
            if (start, target) in PASSAGES:
                needed = PASSAGES[start, target].value.removeprefix("gate_")
                yield _row(start.value, target.value, needed)


def _meanings() -> Iterator[str]:
    yield from _header("capability", "allows to")
    for capability in Capability:
        yield _row(f"`{capability.value}`", MEANINGS[capability])


def _header(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield _row(*("---" for _ in titles))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

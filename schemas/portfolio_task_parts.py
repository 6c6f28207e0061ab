"""What hangs on a task in a portfolio file."""

from pmo.domain.credentials import LOGIN_PATTERN
from schemas import portfolio_fields as f
from schemas.checklists import TEXT_LENGTH
from schemas.evidence import NOTE_LENGTH, PRESENTATION_LENGTH, TITLE_LENGTH, URL_LENGTH
from schemas.portfolio_part import Part

Login = f.matching(LOGIN_PATTERN)
Hash = f.matching(r"[0-9a-f]{64}")

MOST_ITEMS = 1_000
MOST_EVIDENCE = 1_000
MOST_BLOCKERS = 1_000
MOST_WATCHERS = 10_000
"""More than people may add one by one: a merged card has those of both."""

MOST_NUMBER = 1_000_000


class ItemSchema(Part):
    text = f.Line("What is to be done.", most=TEXT_LENGTH, least=1)
    is_done = f.YesNo("It is done.", load_default=False)
    done_by = Login(
        "Person who ticked it; null if not known.", most=64, load_default=None, allow_none=True
    )
    done_at = f.Moment("When it was ticked; null if not known.", load_default=None, allow_none=True)
    became = f.Whole(
        "Number of the task that was made of it; null for none.",
        low=1,
        high=MOST_NUMBER,
        load_default=None,
        allow_none=True,
    )


class EvidenceSchema(Part):
    title = f.Line("What it is.", most=TITLE_LENGTH, least=1)
    url = f.Line(
        "Where it is: an address with http or https; '' for a file.",
        most=URL_LENGTH,
        load_default="",
    )
    file = Hash(
        "SHA-256 of the file that it is, of the same task; null for an address.",
        most=64,
        load_default=None,
        allow_none=True,
    )
    presentation = f.Line(
        "In which form it is presented.", most=PRESENTATION_LENGTH, load_default=""
    )
    note = f.Text("A note.", most=NOTE_LENGTH, load_default="")
    added_by = Login("Person who added it.", most=64)
    added_at = f.Moment("When it was added.")


class TaskPartsSchema(Part):
    """Mixed into the schema of a task."""

    checklist = f.ListOf(f.Part(ItemSchema), "Items of its checklist, in order.", most=MOST_ITEMS)
    evidence = f.ListOf(
        f.Part(EvidenceSchema), "What confirms its result, the oldest first.", most=MOST_EVIDENCE
    )
    waits_for = f.ListOf(
        f.Whole("Number of a task.", low=1, high=MOST_NUMBER),
        "Numbers of the tasks of the project that it waits for.",
        most=MOST_BLOCKERS,
    )
    watchers = f.ListOf(Login("Person.", most=64), "People who watch it.", most=MOST_WATCHERS)

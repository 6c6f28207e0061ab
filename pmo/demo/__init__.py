"""The demo portfolio: what a portfolio ZIP holds, brought into the present, with five sign-ins.

The only place where accounts with a password that is shown to everybody are made.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from pmo import db
from pmo.blobs import Store
from pmo.demo import cyclogram, present, today_acts
from pmo.documents import portfolio_file, portfolio_zip
from pmo.domain.vocabulary import Role
from pmo.queries.demo_accounts import logins
from pmo.services import demo_accounts, passwords, portfolio_files, sprint_closing
from pmo.services.portfolio_files import Imported

ZONE = ZoneInfo("Europe/Moscow")
FILE = Path(__file__).with_name("portfolio.yaml")
FILES = Path(__file__).with_name("attachments")
"""The files of its cards, each under the SHA-256 of its content."""

SIGN_INS = {
    "admin": Role.ADMINISTRATOR,
    "director": Role.DIRECTOR,
    "lead": Role.PROJECT_LEAD,
    "methodist": Role.METHODIST,
    "observer": Role.OBSERVER,
}
"""Login → role, one for each role."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that anybody may use."""

    login: str
    role: Role


def load(
    *,
    today: date,
    at: datetime,
    data_dir: Path,
    store: Store,
    as_written: bool = False,
    zone: tzinfo = ZONE,
) -> Imported:
    """Take the demo portfolio into an empty portfolio and open its five sign-ins.

    today: the day at the office; the portfolio is brought to it.
    as_written: keep the days of the file, and let nothing happen today. zone: of the office, whose
    days the reports of sprints count. Raises PortfolioNotEmpty.
    """
    content = portfolio_file.load(FILE.read_bytes(), "yaml")
    if not as_written:
        content = present.moved(content, today=today, now=at)
    password_hash = passwords.hash_of(password(data_dir))
    portfolio_files.check_is_empty()
    for sha256, files in portfolio_zip.files_by_hash(content).items():
        with (FILES / sha256).open("rb") as source:
            portfolio_zip.keep(source, sha256, files, store)
    with db.transaction():
        imported = portfolio_files.import_content(content, actor=None, at=at)
        demo_accounts.open_to_all(SIGN_INS, password_hash=password_hash, at=at)
        if not as_written:
            sprint_closing.keep_reports(zone)
            today_acts.perform(at)
            cyclogram.perform(today=today, at=at)
    return imported


def sign_ins() -> list[SignIn]:
    """Return the demo accounts that are open, one for each role, in the order of the roles."""
    open_now = logins()
    return [SignIn(login, role) for login, role in SIGN_INS.items() if login in open_now]


def password(data_dir: Path) -> str:
    """Return the demo password of this installation; random, made once, kept for its owner."""
    path = data_dir / "demo_password"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("-".join(_group() for _place in range(3)))
    return path.read_text(encoding="ascii").strip()


def _group() -> str:
    letters = passwords.INITIAL_LETTERS
    return "".join(secrets.choice(letters) for _place in range(4))

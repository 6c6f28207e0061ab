"""The demo portfolio: a portfolio file, brought into the present, with sign-ins for five roles.

The only place where accounts with a password that is shown to everybody are made.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pmo import db
from pmo.demo import present
from pmo.documents import portfolio_file
from pmo.domain.vocabulary import Role
from pmo.queries.demo_accounts import logins
from pmo.services import demo_accounts, passwords, portfolio_files
from pmo.services.portfolio_files import Imported

FILE = Path(__file__).with_name("portfolio.yaml")
ACADEMIC_YEAR = 2021
"""The portfolio is written as of the academic year 2021/22."""

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


def load(*, today: date, at: datetime, data_dir: Path, as_written: bool = False) -> Imported:
    """Take the demo portfolio into an empty portfolio and open its five sign-ins.

    today: the day at the office; its academic year becomes the portfolio's.
    as_written: keep the years of the file. Raises PortfolioNotEmpty.
    """
    content = portfolio_file.load(FILE.read_bytes(), "yaml")
    if not as_written:
        years = present.years_to(today, ACADEMIC_YEAR)
        content = present.moved(content, years=years, now=at)
    password_hash = passwords.hash_of(password(data_dir))
    with db.transaction():
        imported = portfolio_files.import_content(content, actor=None, at=at)
        demo_accounts.open_to_all(SIGN_INS, password_hash=password_hash, at=at)
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

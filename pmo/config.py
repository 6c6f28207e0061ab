"""Settings, read once from `PMO_*` environment variables and refused when they make no sense."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pmo.errors import ConfigurationError, Sentence, _

LANGUAGES = ("ru", "en")
SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that an installation can choose; documented in docs/configuration.md."""

    data_dir: Path
    database_url: str
    secret_key: str
    timezone: ZoneInfo
    language: str
    office_name: str
    https: bool
    trusted_proxies: int
    trusted_hosts: tuple[str, ...]
    workers: int
    background_minutes: int
    session_idle_minutes: int
    session_days: int
    max_upload_mb: int
    attachments_dir: Path
    project_quota_mb: int
    office_quota_mb: int
    testing: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None, **overrides: Any) -> "Settings":
        """Read `PMO_*` variables; a second mapping and overrides are for tests.

        Raises ConfigurationError for an unknown name or a value without sense.
        """
        given = {k: v for k, v in (os.environ if env is None else env).items() if _is_ours(k)}
        _refuse_unknown(given)
        data_dir = Path(given.get("PMO_DATA_DIR", "data")).absolute()
        values: dict[str, Any] = {
            "data_dir": data_dir,
            "database_url": given.get("PMO_DATABASE_URL", f"sqlite:///{data_dir}/pmo.sqlite3"),
            "secret_key": given.get("PMO_SECRET_KEY", ""),
            "attachments_dir": Path(
                given.get("PMO_ATTACHMENTS_DIR", data_dir / "attachments")
            ).absolute(),
        }
        for name, (default, parse) in PARSED.items():
            values[name] = _parsed(_variable(name), given.get(_variable(name), default), parse)
        values.update(overrides)
        _check_url(values["database_url"])
        if not values["secret_key"]:
            values["secret_key"] = kept_secret_key(values["data_dir"])
        _check_secret(values["secret_key"])
        return cls(**values)


def kept_secret_key(data_dir: Path) -> str:
    """Return the key kept in the data directory; make it at first run, readable to the owner."""
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _boolean(text: str) -> bool:
    values = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return values[text.strip().lower()]


def _between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(Sentence(_("From {low} to {high}."), low=low, high=high))
        return number

    return parse


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(Sentence(_("This is none of: {choices}."), choices=", ".join(LANGUAGES)))
    return text


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(host.strip() for host in text.split(",") if host.strip())


PARSED: dict[str, tuple[str, Callable[[str], Any]]] = {
    "timezone": ("Europe/Moscow", ZoneInfo),
    "language": ("ru", _language),
    "office_name": ("ИМЦ", str.strip),
    "https": ("0", _boolean),
    "trusted_proxies": ("0", _between(0, 5)),
    "trusted_hosts": ("", _hosts),
    "workers": ("2", _between(1, 32)),
    "background_minutes": ("5", _between(1, 60)),
    "session_idle_minutes": ("720", _between(5, 60 * 24 * 30)),
    "session_days": ("14", _between(1, 90)),
    "max_upload_mb": ("32", _between(1, 512)),
    "project_quota_mb": ("2048", _between(1, 1_000_000)),
    "office_quota_mb": ("20480", _between(1, 10_000_000)),
}
"""Name → default as text, parser."""

OUTSIDE = {"PMO_TEST_POSTGRES_URL"}
"""Variables of the test suite, none of a running office."""


def _is_ours(name: str) -> bool:
    return name.startswith("PMO_") and name not in OUTSIDE


def _variable(name: str) -> str:
    return f"PMO_{name.upper()}"


def _refuse_unknown(given: Mapping[str, str]) -> None:
    known = {_variable(field.name) for field in fields(Settings)} - {"PMO_TESTING"}
    for name in sorted(set(given) - known):
        raise ConfigurationError(name=name, reason=Sentence(_("There is no such setting.")))


def _parsed(name: str, text: str, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(text)
    except (ValueError, KeyError, OSError) as error:
        said = next((it for it in error.args if isinstance(it, Sentence)), None)
        reason = said or Sentence(_("“{value}” makes no sense here."), value=text)
        raise ConfigurationError(name=name, reason=reason) from error


def _check_url(url: str) -> None:
    if urlsplit(url).scheme not in {"sqlite", "postgresql", "postgres"}:
        raise ConfigurationError(
            name="PMO_DATABASE_URL",
            reason=Sentence(_("Expected: sqlite:///path or postgresql://…")),
        )


def _check_secret(key: str) -> None:
    if len(key) < SHORTEST_SECRET:
        raise ConfigurationError(
            name="PMO_SECRET_KEY", reason=Sentence(_("It is shorter than 32 characters."))
        )

"""Commands on the passport of a project."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pmo.db import locked, transaction
from pmo.domain.permissions import Actor, Capability
from pmo.models import Passport
from pmo.queries import access
from pmo.services import journal, versions

FIELDS = frozenset(Passport._meta.fields) - {"project", "version"}
"""Every field that a passport says something in."""


def edit(
    project_id: int,
    values: Mapping[str, Any],
    *,
    expected_version: int | None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write the given fields of a passport; fields not given stay.

    values: names of `FIELDS` → text, or list of lines.
    Raises NotFound, Forbidden, StaleVersion.
    """
    versions.check_names(values, FIELDS)
    with transaction():
        access.project(project_id, actor, Capability.PROJECT_EDIT)
        passport = locked(Passport.select().where(Passport.project == project_id)).get()
        changed = versions.write(passport, values, expected_version)
        if changed:
            data = {"changes": versions.portable(changed)}
            journal.append(
                "project.passport_edited", actor=actor, at=at, project_id=project_id, data=data
            )

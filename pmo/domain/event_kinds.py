"""The kinds of events that the journal keeps: noun.verb, a closed list."""

PORTFOLIO = frozenset(
    {
        "attachment.added",
        "attachment.removed",
        "board.created",
        "board.edited",
        "board.move_rule_added",
        "board.move_rule_removed",
        "column.added",
        "column.edited",
        "column.moved",
        "column.removed",
        "comment.added",
        "comment.edited",
        "comment.removed",
        "programme.added",
        "programme.edited",
        "programme.removed",
        "project.edited",
        "project.gate_passed",
        "project.label_added",
        "project.label_edited",
        "project.label_removed",
        "project.member_removed",
        "project.member_set",
        "project.passport_edited",
        "project.proposed",
        "project.stage_added",
        "project.stage_edited",
        "project.stage_removed",
        "strategic_project.added",
        "strategic_project.edited",
        "strategic_project.removed",
        "task.checklist_added",
        "task.checklist_converted",
        "task.checklist_edited",
        "task.checklist_moved",
        "task.checklist_removed",
        "task.checklist_ticked",
        "task.created",
        "task.dependency_added",
        "task.dependency_removed",
        "task.edited",
        "task.evidence_added",
        "task.evidence_edited",
        "task.evidence_removed",
        "task.moved",
        "task.reordered",
        "task.unwatched",
        "task.watched",
    }
)
"""What happened to the portfolio; travels in portfolio files."""

OFFICE = frozenset(
    {
        "account.created",
        "account.disabled",
        "account.edited",
        "account.enabled",
        "account.password_changed",
        "account.project_muted",
        "account.project_unmuted",
        "account.sign_in_failed",
        "account.signed_in",
        "account.signed_out",
        "portfolio.exported",
        "portfolio.imported",
        "token.created",
        "token.revoked",
    }
)
"""What happened at one office's door; never leaves it."""

ALL = PORTFOLIO | OFFICE

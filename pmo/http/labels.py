"""The names on screen of the members of closed lists."""

from enum import Enum

from flask_babel import lazy_gettext as _l

from pmo.domain.flow_periods import FlowList, FlowPeriod
from pmo.domain.recurrence_turns import MarkState
from pmo.domain.search_kinds import SearchKind
from pmo.domain.sprint_changes import ChangeKind
from pmo.domain.sprint_fit import Misfit
from pmo.domain.timeline import Zoom
from pmo.domain.urgency import Urgency
from pmo.domain.vocabulary import (
    AutomationAction,
    AutomationOutcome,
    AutomationTrigger,
    CardOrder,
    ColumnMeaning,
    Density,
    Gate,
    LabelColour,
    Lanes,
    LeftoverDecision,
    MemberRole,
    NoteColumn,
    NotificationKind,
    OccurrenceOutcome,
    OwnFieldKind,
    PublicHoliday,
    RecurrenceKind,
    Role,
    SprintPolicy,
    SprintState,
    TaskKind,
    TokenScope,
    WeightUnit,
    WipBy,
    WipKind,
    WorkdayKind,
)

LABELS = {
    WorkdayKind: {
        WorkdayKind.WORKING: _l("Working day"),
        WorkdayKind.SHORTENED: _l("Shortened working day"),
        WorkdayKind.WEEKEND: _l("Weekend"),
        WorkdayKind.HOLIDAY: _l("Public holiday"),
        WorkdayKind.DAY_OFF: _l("Additional day off"),
    },
    PublicHoliday: {
        PublicHoliday.NEW_YEAR: _l("New Year holidays"),
        PublicHoliday.CHRISTMAS: _l("Christmas"),
        PublicHoliday.DEFENDERS: _l("Defender of the Fatherland Day"),
        PublicHoliday.WOMEN: _l("International Women's Day"),
        PublicHoliday.LABOUR: _l("Spring and Labour Day"),
        PublicHoliday.VICTORY: _l("Victory Day"),
        PublicHoliday.RUSSIA: _l("Russia Day"),
        PublicHoliday.UNITY: _l("National Unity Day"),
    },
    FlowPeriod: {
        FlowPeriod.DAYS_30: _l("30 days"),
        FlowPeriod.DAYS_90: _l("90 days"),
        FlowPeriod.HALF_YEAR: _l("Half of the academic year"),
        FlowPeriod.ACADEMIC_YEAR: _l("Academic year"),
        FlowPeriod.OWN: _l("Days of your own"),
    },
    FlowList: {
        FlowList.WIP: _l("In work"),
        FlowList.FINISHED: _l("Finished"),
        FlowList.LEVEL: _l("Service-level expectation"),
        FlowList.BLOCKED: _l("Days blocked"),
        FlowList.CYCLE: _l("Cycle time"),
        FlowList.AGE: _l("Ageing work in progress"),
        FlowList.CUMULATIVE: _l("Cumulative flow"),
    },
    RecurrenceKind: {
        RecurrenceKind.YEARLY: _l("Every year, in certain months"),
        RecurrenceKind.HALF_YEARLY: _l("Every half-year"),
        RecurrenceKind.QUARTERLY: _l("Every quarter"),
        RecurrenceKind.MONTHLY: _l("Every month"),
        RecurrenceKind.WEEKLY: _l("Every week"),
        RecurrenceKind.FIRST_WORKING_DAY: _l("On the first working day of the month"),
        RecurrenceKind.TIMES_PER_HALF: _l("So many times in each half-year"),
    },
    OccurrenceOutcome: {
        OccurrenceOutcome.MADE: _l("Card made"),
        OccurrenceOutcome.SKIPPED: _l("Skipped"),
        OccurrenceOutcome.HELD: _l("Could not be made"),
    },
    MarkState: {
        MarkState.DONE: _l("Done"),
        MarkState.LATE: _l("Overdue"),
        MarkState.OPEN: _l("Not done yet"),
        MarkState.ARCHIVED: _l("In the archive"),
        MarkState.PLANNED: _l("Planned"),
        MarkState.SKIPPED: _l("Skipped"),
        MarkState.HELD: _l("Could not be made"),
    },
    WipBy: {
        WipBy.PERSON: _l("Person"),
        WipBy.STAGE: _l("Stage"),
        WipBy.LABEL: _l("Label"),
    },
    AutomationTrigger: {
        AutomationTrigger.MOVED: _l("A card comes into a column"),
        AutomationTrigger.BLOCKED: _l("A card is blocked"),
        AutomationTrigger.CHECKLIST_DONE: _l("The checklist is done"),
        AutomationTrigger.DUE: _l("The due date comes near"),
        AutomationTrigger.IDLE: _l("A card does not move"),
    },
    AutomationAction: {
        AutomationAction.ASSIGN: _l("Assign a person"),
        AutomationAction.LABEL: _l("Add a label"),
        AutomationAction.MOVE: _l("Move to a column"),
        AutomationAction.COMMENT: _l("Write a comment"),
        AutomationAction.NOTIFY: _l("Tell its people and the lead"),
    },
    AutomationOutcome: {
        AutomationOutcome.PENDING: _l("Owed"),
        AutomationOutcome.DONE: _l("Done it"),
        AutomationOutcome.NOTHING: _l("Nothing to do"),
        AutomationOutcome.REFUSED: _l("Refused"),
        AutomationOutcome.LOOP: _l("Kept from going in a circle"),
        AutomationOutcome.SWITCHED_OFF: _l("Switched off: it goes in a circle"),
    },
    SprintState: {
        SprintState.PLANNED: _l("Not started"),
        SprintState.ACTIVE: _l("Running"),
        SprintState.CLOSED: _l("Closed"),
    },
    SprintPolicy: {
        SprintPolicy.ROLLING: _l("Rolling waves"),
        SprintPolicy.FREE: _l("Free"),
    },
    WeightUnit: {
        WeightUnit.POINTS: _l("Points"),
        WeightUnit.HOURS: _l("Hours of work"),
    },
    ChangeKind: {
        ChangeKind.ADDED: _l("Added"),
        ChangeKind.REMOVED: _l("Removed"),
        ChangeKind.ESTIMATED: _l("Re-estimated"),
    },
    Misfit: {
        Misfit.NO_RESULT: _l("No expected result"),
        Misfit.WAITS: _l("Waits for what is not planned"),
        Misfit.DUE_BEFORE: _l("Due before the sprint"),
        Misfit.ENDS_BEFORE: _l("Its period ends before the sprint"),
        Misfit.STARTS_AFTER: _l("Its period starts after the sprint"),
    },
    SearchKind: {
        SearchKind.TASK: _l("Card"),
        SearchKind.PROJECT: _l("Project"),
        SearchKind.PASSPORT: _l("Passport"),
        SearchKind.COMMENT: _l("Comment"),
        SearchKind.ATTACHMENT: _l("File"),
    },
    Role: {
        Role.ADMINISTRATOR: _l("Administrator"),
        Role.DIRECTOR: _l("Director"),
        Role.PROJECT_LEAD: _l("Project lead"),
        Role.METHODIST: _l("Methodist"),
        Role.OBSERVER: _l("Observer"),
    },
    MemberRole: {
        MemberRole.LEAD: _l("Leads the project"),
        MemberRole.MEMBER: _l("Works in the project"),
        MemberRole.OBSERVER: _l("Observes the project"),
    },
    Gate: {
        Gate.INITIATIVE: _l("Initiative"),
        Gate.UNDER_REVIEW: _l("Under review"),
        Gate.ACCEPTED: _l("Accepted"),
        Gate.PREPARING: _l("Preparing"),
        Gate.ACTIVE: _l("Active"),
        Gate.CLOSING: _l("Closing"),
        Gate.CLOSED: _l("Closed"),
        Gate.SUSPENDED: _l("Suspended"),
        Gate.DECLINED: _l("Declined"),
    },
    ColumnMeaning: {
        ColumnMeaning.QUEUE: _l("Queue"),
        ColumnMeaning.IN_PROGRESS: _l("In progress"),
        ColumnMeaning.WAITING: _l("Waiting"),
        ColumnMeaning.DONE: _l("Done"),
    },
    WipKind: {
        WipKind.NONE: _l("No limit"),
        WipKind.SOFT: _l("Soft limit: warns"),
        WipKind.HARD: _l("Hard limit: refuses"),
    },
    TaskKind: {
        TaskKind.EVENT: _l("Event"),
        TaskKind.DOCUMENT: _l("Document"),
        TaskKind.DIAGNOSTICS: _l("Diagnostics"),
        TaskKind.CONSULTATION: _l("Consultation"),
        TaskKind.OTHER: _l("Other"),
    },
    Urgency: {
        Urgency.OVERDUE: _l("Overdue"),
        Urgency.TODAY: _l("Today"),
        Urgency.WEEK: _l("In seven days"),
        Urgency.LATER: _l("Later"),
        Urgency.NO_DATE: _l("Without a date"),
    },
    Lanes: {
        Lanes.NONE: _l("No lanes"),
        Lanes.STAGE: _l("By stage"),
        Lanes.ASSIGNEE: _l("By assignee"),
        Lanes.LABEL: _l("By label"),
    },
    CardOrder: {
        CardOrder.PLACE: _l("As placed"),
        CardOrder.DUE: _l("The soonest due first"),
        CardOrder.WEIGHT: _l("The heaviest first"),
        CardOrder.TITLE: _l("By title"),
        CardOrder.AGE: _l("The longest in the column first"),
    },
    Density: {
        Density.COMFORTABLE: _l("Comfortable"),
        Density.COMPACT: _l("Compact"),
        Density.TITLE: _l("Titles only"),
    },
    LabelColour: {
        LabelColour.SLATE: _l("Slate"),
        LabelColour.RED: _l("Red"),
        LabelColour.ORANGE: _l("Orange"),
        LabelColour.AMBER: _l("Amber"),
        LabelColour.GREEN: _l("Green"),
        LabelColour.TEAL: _l("Teal"),
        LabelColour.BLUE: _l("Blue"),
        LabelColour.VIOLET: _l("Violet"),
        LabelColour.PINK: _l("Pink"),
    },
    NotificationKind: {
        NotificationKind.MENTION: _l("Mention"),
        NotificationKind.COMMENT: _l("Comment"),
        NotificationKind.ASSIGNMENT: _l("Assignment"),
        NotificationKind.DUE_SOON: _l("Due soon"),
        NotificationKind.GATE: _l("Gate decision"),
        NotificationKind.RULE: _l("Rule"),
        NotificationKind.RULE_OFF: _l("Rule switched off"),
        NotificationKind.CYCLOGRAM: _l("Cyclogram"),
        NotificationKind.CARRIED_AGAIN: _l("Carried over again"),
    },
    LeftoverDecision: {
        LeftoverDecision.NEXT_SPRINT: _l("To the next sprint"),
        LeftoverDecision.BACKLOG_TOP: _l("To the top of the backlog"),
        LeftoverDecision.BACKLOG_BOTTOM: _l("To the bottom of the backlog"),
        LeftoverDecision.SPLIT: _l("Split: what is done counts"),
        LeftoverDecision.DROP: _l("Drop: into the archive"),
    },
    NoteColumn: {
        NoteColumn.KEEP: _l("Keep"),
        NoteColumn.STOP: _l("Stop"),
        NoteColumn.TRY: _l("Try"),
    },
    OwnFieldKind: {
        OwnFieldKind.TEXT: _l("Text"),
        OwnFieldKind.NUMBER: _l("Number"),
        OwnFieldKind.DATE: _l("Date"),
        OwnFieldKind.CHOICE: _l("Choice"),
    },
    Zoom: {
        Zoom.ALL: _l("All"),
        Zoom.YEAR: _l("Academic year"),
        Zoom.QUARTER: _l("Quarter"),
    },
    TokenScope: {
        TokenScope.READ: _l("Read"),
        TokenScope.WRITE: _l("Read and write"),
    },
}


def label_of(member: Enum) -> str:
    """Return the member's name in the visitor's language. Raises KeyError for an unknown list."""
    return str(LABELS[type(member)][member])  # type: ignore[index]

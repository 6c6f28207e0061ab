"""All tables of the first release, and the triggers that keep the journal append-only.

Frozen: never imports the application's models. On SQLite the tables are STRICT,
so that a column holds only what PostgreSQL would take too.
"""

import peewee as pw
from playhouse.migrate import SchemaMigrator


class Text(pw.TextField):
    """Text that must be there."""


class Char(pw.CharField):
    """Short text. STRICT tables of SQLite know no length: services check it."""

    def ddl_datatype(self, ctx: pw.Context) -> pw.SQL:
        """TEXT on SQLite."""
        return pw.SQL("TEXT") if _is_sqlite(self) else super().ddl_datatype(ctx)


class Moment(pw.DateTimeField):
    """A moment, naive UTC."""

    def ddl_datatype(self, ctx: pw.Context) -> pw.SQL:
        """TEXT on SQLite."""
        return pw.SQL("TEXT") if _is_sqlite(self) else super().ddl_datatype(ctx)


class Day(pw.DateField):
    """A calendar day."""

    def ddl_datatype(self, ctx: pw.Context) -> pw.SQL:
        """TEXT on SQLite."""
        return pw.SQL("TEXT") if _is_sqlite(self) else super().ddl_datatype(ctx)


class Table(pw.Model):
    class Meta:
        legacy_table_names = False


class User(Table):
    login = Char(max_length=64, unique=True)
    name = Char(max_length=120)
    position = Char(max_length=160)
    role = Char(max_length=32)
    password_hash = Char(max_length=255)
    language = Char(max_length=2)
    is_active = pw.BooleanField()
    is_demo = pw.BooleanField()
    must_change_password = pw.BooleanField()
    password_expires_at = Moment(null=True)
    created_at = Moment()
    version = pw.IntegerField()

    class Meta:
        table_name = "users"


class Session(Table):
    token_hash = Char(max_length=64, primary_key=True)
    user = pw.ForeignKeyField(User, on_delete="CASCADE")
    created_at = Moment()
    last_seen_at = Moment()
    expires_at = Moment(index=True)
    address = Char(max_length=64)
    agent = Char(max_length=200)

    class Meta:
        table_name = "sessions"


class ApiToken(Table):
    user = pw.ForeignKeyField(User, on_delete="CASCADE")
    name = Char(max_length=80)
    token_hash = Char(max_length=64, unique=True)
    scopes = Char(max_length=64)
    created_at = Moment()
    expires_at = Moment(null=True)
    last_used_at = Moment(null=True)
    revoked_at = Moment(null=True)

    class Meta:
        table_name = "api_tokens"


class SignInAttempt(Table):
    login = Char(max_length=64)
    source = Char(max_length=64)
    at = Moment()

    class Meta:
        table_name = "sign_in_attempts"
        indexes = ((("login", "source", "at"), False), (("source", "at"), False))


class IdempotencyKey(Table):
    user = pw.ForeignKeyField(User, on_delete="CASCADE")
    route = Char(max_length=160)
    key = Char(max_length=255)
    fingerprint = Char(max_length=64)
    result_id = pw.IntegerField(null=True)
    created_at = Moment(index=True)

    class Meta:
        table_name = "idempotency_keys"
        indexes = ((("user", "route", "key"), True),)


class Programme(Table):
    key = Char(max_length=64, unique=True)
    name = Char(max_length=300)
    description = Text()
    period = Text(null=True)
    version = pw.IntegerField()

    class Meta:
        table_name = "programmes"


class StrategicProject(Table):
    programme = pw.ForeignKeyField(Programme)
    key = Char(max_length=64, unique=True)
    name = Char(max_length=300)
    description = Text()
    position = pw.IntegerField()
    version = pw.IntegerField()

    class Meta:
        table_name = "strategic_projects"


class Project(Table):
    code = Char(max_length=8, unique=True)
    name = Char(max_length=300)
    short_name = Char(max_length=120)
    strategic_project = pw.ForeignKeyField(StrategicProject, null=True)
    gate = Char(max_length=32, index=True)
    weight = pw.IntegerField()
    lead = pw.ForeignKeyField(User, null=True, backref="+")
    proposed_by = pw.ForeignKeyField(User, backref="+")
    proposed_at = Moment()
    next_task_number = pw.IntegerField()
    search = Text()
    version = pw.IntegerField()

    class Meta:
        table_name = "projects"


class Passport(Table):
    project = pw.ForeignKeyField(Project, primary_key=True)
    unique_idea = Text()
    goal = Text()
    objectives = Text()
    relevance = Text()
    concept = Text()
    advantage = Text()
    toolkit = Text()
    target_audience = Text()
    participants = Text()
    leads = Text()
    funding = Text()
    expected_results = Text()
    indicators = Text()
    risks = Text()
    acts = Text()
    national_directions = Text()
    products = Text()
    dissemination = Text()
    version = pw.IntegerField()

    class Meta:
        table_name = "passports"


class Stage(Table):
    project = pw.ForeignKeyField(Project)
    key = Char(max_length=16)
    name = Char(max_length=200)
    position = pw.IntegerField()
    period = Text(null=True)
    starts_on = Day(null=True)
    ends_on = Day(null=True)
    version = pw.IntegerField()

    class Meta:
        table_name = "stages"
        indexes = ((("project", "key"), True),)


class Membership(Table):
    project = pw.ForeignKeyField(Project)
    user = pw.ForeignKeyField(User)
    role = Char(max_length=32)

    class Meta:
        table_name = "memberships"
        indexes = ((("project", "user"), True),)


class Label(Table):
    project = pw.ForeignKeyField(Project)
    name = Char(max_length=60)
    colour = Char(max_length=32)

    class Meta:
        table_name = "labels"
        indexes = ((("project", "name"), True),)


class GateDecision(Table):
    project = pw.ForeignKeyField(Project)
    from_gate = Char(max_length=32)
    to_gate = Char(max_length=32)
    reason = Text()
    decided_by = pw.ForeignKeyField(User)
    decided_at = Moment()

    class Meta:
        table_name = "gate_decisions"


class Board(Table):
    project = pw.ForeignKeyField(Project)
    key = Char(max_length=16)
    name = Char(max_length=120)
    position = pw.IntegerField()
    next_column_number = pw.IntegerField()
    revision = pw.BigIntegerField()
    layout_revision = pw.BigIntegerField()
    version = pw.IntegerField()

    class Meta:
        table_name = "boards"
        indexes = ((("project", "key"), True),)


class Column(Table):
    board = pw.ForeignKeyField(Board)
    key = Char(max_length=16)
    name = Char(max_length=60)
    meaning = Char(max_length=32)
    position = pw.IntegerField()
    wip_limit = pw.IntegerField(null=True)
    wip_kind = Char(max_length=32)
    definition_of_done = Text()
    task_count = pw.IntegerField()
    task_weight = pw.IntegerField()
    revision = pw.BigIntegerField()
    version = pw.IntegerField()

    class Meta:
        table_name = "board_columns"
        indexes = ((("board", "key"), True),)
        constraints = [pw.Check("task_count >= 0"), pw.Check("task_weight >= 0")]


class Task(Table):
    project = pw.ForeignKeyField(Project)
    number = pw.IntegerField()
    column = pw.ForeignKeyField(Column)
    rank = pw.BigIntegerField()
    title = Char(max_length=200)
    description = Text()
    kind = Char(max_length=32)
    stage = pw.ForeignKeyField(Stage, null=True)
    plan_number = Char(max_length=16)
    period = Text(null=True)
    period_text = Char(max_length=300)
    starts_on = Day(null=True)
    ends_on = Day(null=True)
    due_on = Day(null=True)
    weight = pw.IntegerField()
    expected_result = Text()
    responsible = Text()
    blocked_reason = Text()
    created_by = pw.ForeignKeyField(User)
    created_at = Moment()
    version = pw.IntegerField()
    moves = pw.IntegerField()

    class Meta:
        table_name = "tasks"
        indexes = (
            (("project", "number"), True),
            (("column", "rank"), True),
            (("column", "due_on"), False),
        )
        constraints = [pw.Check("weight >= 0")]


class TaskAssignee(Table):
    task = pw.ForeignKeyField(Task, on_delete="CASCADE", index=False)
    user = pw.ForeignKeyField(User)

    class Meta:
        table_name = "task_assignees"
        primary_key = pw.CompositeKey("task", "user")


class TaskLabel(Table):
    task = pw.ForeignKeyField(Task, on_delete="CASCADE", index=False)
    label = pw.ForeignKeyField(Label, on_delete="CASCADE")

    class Meta:
        table_name = "task_labels"
        primary_key = pw.CompositeKey("task", "label")


class Event(Table):
    id = pw.BigAutoField()
    at = Moment()
    actor = pw.ForeignKeyField(User, null=True)
    kind = Char(max_length=40)
    project = pw.ForeignKeyField(Project, null=True, index=False)
    task = pw.ForeignKeyField(Task, null=True, index=False)
    data = Text()

    class Meta:
        table_name = "events"
        indexes = ((("task", "id"), False), (("project", "id"), False))


TABLES = [
    User,
    Session,
    ApiToken,
    SignInAttempt,
    IdempotencyKey,
    Programme,
    StrategicProject,
    Project,
    Passport,
    Stage,
    Membership,
    Label,
    GateDecision,
    Board,
    Column,
    Task,
    TaskAssignee,
    TaskLabel,
    Event,
]

# REPLACE removes the old row without a DELETE trigger, hence the third one.
SQLITE_TRIGGERS = (
    """CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events
        WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)

POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION refuse_change_of_events() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the journal is append-only'
           USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE ON events
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_events()""",
    """CREATE TRIGGER events_refuse_truncate BEFORE TRUNCATE ON events
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_events()""",
)


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    sqlite = isinstance(db, pw.SqliteDatabase)
    for table in TABLES:
        table._meta.strict_tables = sqlite
    db.bind(TABLES)
    db.create_tables(TABLES, safe=False)
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRESQL_TRIGGERS:
        db.execute_sql(statement)


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.bind(TABLES)
    db.drop_tables(TABLES, safe=False)
    if not isinstance(db, pw.SqliteDatabase):
        db.execute_sql("DROP FUNCTION refuse_change_of_events()")


def _is_sqlite(field: pw.Field) -> bool:
    return isinstance(field.model._meta.database, pw.SqliteDatabase)

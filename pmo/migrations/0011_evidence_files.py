"""Evidence may be a file of its task instead of an address."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.execute_sql(
        "ALTER TABLE evidence ADD COLUMN attachment_id INTEGER REFERENCES attachments (id)"
    )
    db.execute_sql("CREATE INDEX evidence_attachment_id ON evidence (attachment_id)")


def down(_migrator: SchemaMigrator, db: pw.Database) -> None:
    db.execute_sql("DROP INDEX evidence_attachment_id")
    db.execute_sql("ALTER TABLE evidence DROP COLUMN attachment_id")

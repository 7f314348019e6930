"""Alembic's entry: migrations run on the connection that `migrate.upgrade` hands over, in its transaction."""

from alembic import context

from storyreel.library.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite cannot alter most of a table; a batch copies it
)
with context.begin_transaction():
    context.run_migrations()

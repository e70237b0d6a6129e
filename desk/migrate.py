"""`python -m desk.migrate`: bring the database to the newest shape."""

import contextlib
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_random

from desk.settings import load_settings


def migrate(database_url: str) -> None:
    """Apply every migration that is missing; nothing happens when none is."""
    url = make_url(database_url)
    is_file = url.get_backend_name() == "sqlite" and url.database
    if is_file:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(database_url), "head")
    if is_file:
        let_readers_and_writer_work_side_by_side(str(url.database))


# Of several desks that start together one changes the mode; SQLite lets nobody wait for that, it refuses at once.
@retry(
    retry=retry_if_exception_type(sqlite3.OperationalError),
    wait=wait_random(0.01, 0.1),
    stop=stop_after_delay(30),
    reraise=True,
)
def let_readers_and_writer_work_side_by_side(path: str) -> None:
    """Once, before the first session: its connections, which ask for it together, would find the file locked."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def alembic_config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = database_url
    return config


if __name__ == "__main__":
    migrate(load_settings().database_url)

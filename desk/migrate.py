"""`python -m desk.migrate`: bring the database to the newest shape."""

import contextlib
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from desk.settings import load_settings


def migrate(database_url: str) -> None:
    """Apply every migration that is missing; nothing happens when none is."""
    url = make_url(database_url)
    is_file = url.get_backend_name() == "sqlite" and url.database
    if is_file:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(database_url), "head")
    if is_file:
        _let_readers_and_writer_work_side_by_side(str(url.database))


def _let_readers_and_writer_work_side_by_side(path: str) -> None:
    """Once and alone: of several first connections that ask for it together, one would find the file locked."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


def alembic_config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = database_url
    return config


if __name__ == "__main__":
    migrate(load_settings().database_url)

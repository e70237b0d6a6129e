"""An account for each user who looks one up: copies of the one in the sandbox's demo content that is banned.

Of tries to prove an account that are not answered yet the desk allows a few: users who asked for one
together would be refused, and rightly.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

PATTERN = "lucky_{number}"
_FIRST = 2020  # the number of the one that is copied
_TABLES = {"accounts": "douyin_id", "penalties": "penalty_id"}


def name_of(user: int) -> str:
    """The account of the user with this number, from 0 on."""
    return PATTERN.format(number=_FIRST + user)


def copy(database: Path, users: int) -> None:
    """Make the accounts of so many users, each with the penalties of the first."""
    with closing(sqlite3.connect(database, timeout=10)) as connection, connection:
        for user in range(1, users):
            for table, key in _TABLES.items():
                _copy(connection, table, key, user)


def _copy(connection: sqlite3.Connection, table: str, key: str, user: int) -> None:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    new = {key: f"{key} || '-{user}'", "douyin_id": f"'{name_of(user)}'"}
    values = ", ".join(new.get(column, column) for column in columns)
    connection.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE douyin_id = '{name_of(0)}'")

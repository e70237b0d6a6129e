"""`python -m desk.migrate`: bring the database to the newest shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from desk.settings import load_settings


def migrate(database_url: str) -> None:
    """Apply every migration that is missing; nothing happens when none is."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(database_url), "head")


def alembic_config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = database_url
    return config


if __name__ == "__main__":
    migrate(load_settings().database_url)

"""Everything that must be there before a part can start, each made only when it is missing or out of date."""

from __future__ import annotations

from pathlib import Path

from scripts import database, environments, model, web


def for_run(env: dict[str, str]) -> Path:
    """Prepare the running service, cheapest refusals first; gives the model to start with."""
    environments.ensure_all()
    database.check_facts(env)
    web.ensure()
    database.migrate(env)
    database.seed(env)
    return model.ensure()

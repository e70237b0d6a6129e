"""`python -m desk.seed`: demo agents for a first look, made once, with passwords nobody knows beforehand."""

import asyncio
import secrets

from desk.agents import repository, service
from desk.agents.enums import Role
from desk.cases.topics import topics
from desk.database import Database
from desk.migrate import migrate
from desk.settings import load_settings

_ALL = sorted({topic.skill_group for topic in topics().values()} | {"crisis_care"})
DEMO_AGENTS = (
    ("lin", "小林", Role.AGENT, _ALL),
    ("zhou", "小周", Role.AGENT, ["general", "penalty_appeal", "account_security", "tech_support"]),
    ("chen", "陈主管", Role.SUPERVISOR, _ALL),
)


async def seed(database: Database) -> list[tuple[str, str, str]]:
    """Add the demo agents that are missing; returns (login, name, password) of the new ones."""
    made = []
    for login, name, role, groups in DEMO_AGENTS:
        async with database.write() as work:
            if await repository.by_login(work.session, login) is None:
                password = secrets.token_urlsafe(9)
                await service.add_agent(work, login, name, password, role, list(groups))
                made.append((login, name, password))
    return made


async def _main(url: str) -> None:
    database = Database(url)
    for login, name, password in await seed(database):
        print(f"{login}\t{name}\t{password}")
    await database.close()


if __name__ == "__main__":
    settings = load_settings()
    migrate(settings.database_url)
    asyncio.run(_main(settings.database_url))

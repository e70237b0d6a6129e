"""The table of agents."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from desk.agents.enums import Role
from desk.database import Base, Json, Moment


class Agent(Base):
    __tablename__ = "agents"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(String(16), default=Role.AGENT)
    skill_groups: Mapped[list[str]] = mapped_column(Json, default=list)
    on_duty: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    # On duty counts only while the console is really open.
    seen_at: Mapped[datetime | None] = mapped_column(Moment)

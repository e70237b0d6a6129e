"""Every table, imported in one place for migrations and tests."""

from desk.accounts import models as accounts
from desk.agents import models as agents
from desk.attachments import models as attachments
from desk.cases import models as cases
from desk.conversations import models as conversations
from desk.database import Base
from desk.handoffs import models as handoffs

__all__ = ["Base", "accounts", "agents", "attachments", "cases", "conversations", "handoffs"]

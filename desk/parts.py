"""The running desk's parts, made once by the app and handed to every route."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import timedelta

from desk.accounts.connector import AccountConnector
from desk.attachments.sweeper import Sweeper
from desk.attachments.uploads import Uploads
from desk.database import Database
from desk.delivery.bot_client import BotClient
from desk.delivery.worker import Worker
from desk.facts import Facts, load_facts
from desk.limits import Limiter
from desk.settings import Settings
from desk.tokens import Tokens

SESSION, AGENT, TICKET = "session", "agent", "attachment"
_TICKET_LASTS = timedelta(hours=1)


@dataclass
class Parts:
    settings: Settings
    facts: Facts
    database: Database
    connector: AccountConnector
    bot: BotClient
    worker: Worker
    uploads: Uploads
    sweeper: Sweeper
    tokens: Tokens
    limiter: Limiter = field(repr=False)

    def hashed(self, address: str) -> str:
        """A keyed hash, so that no network address is stored."""
        return hmac.new(self.settings.secret_key.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]

    def session_token(self, conversation_id: str) -> tuple[str, int]:
        return self.tokens.issue(SESSION, conversation_id, timedelta(days=self.settings.session_days))

    def ticketed(self, attachment_id: str) -> str:
        """The path of an attachment for clients that cannot send their token along; good for an hour."""
        ticket, _ = self.tokens.issue(TICKET, attachment_id, _TICKET_LASTS)
        return f"/api/attachments/{attachment_id}?ticket={ticket}"

    def link_to(self, attachment_id: str) -> str | None:
        """The whole address of an attachment, where the operator told the desk's own."""
        public = self.settings.public_url
        return f"{public}{self.ticketed(attachment_id)}" if public else None

    async def close(self) -> None:
        await self.worker.stop()
        await self.sweeper.stop()
        self.uploads.close()
        await self.bot.close()
        await self.connector.close()
        await self.database.close()


def make_parts(settings: Settings) -> Parts:
    """Build every part from the settings; nothing runs yet."""
    facts = load_facts(settings.facts)
    database = Database(settings.database_url)
    bot = BotClient(settings.bot_url, settings.internal_key, settings.bot_timeout_seconds)
    uploads = Uploads(settings.uploads, settings.attachment_limit_bytes, settings.image_pixels)
    return Parts(
        settings=settings,
        facts=facts,
        database=database,
        connector=AccountConnector(settings.accounts_url, settings.accounts_key),
        bot=bot,
        worker=Worker(database, bot, facts, settings),
        uploads=uploads,
        sweeper=Sweeper(database, uploads),
        tokens=Tokens(settings.secret_key),
        limiter=Limiter(settings.redis_url),
    )

"""What the desk is told by its environment; every name is listed in the README."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The desk's settings, read from `DESK_*` variables. Secrets have no default on purpose."""

    model_config = SettingsConfigDict(env_prefix="DESK_", extra="ignore")

    host: str = Field("127.0.0.1", description="Address the desk listens on.")
    port: int = Field(8000, description="Port the desk listens on.")
    database_url: str = Field(
        "sqlite+aiosqlite:///var/desk.sqlite3",
        description="SQLAlchemy address of the database; postgresql+asyncpg://… when users outgrow one machine.",
    )
    redis_url: str | None = Field(None, description="Redis, needed as soon as two desk processes run.")

    secret_key: str = Field(min_length=32, description="Signs session and agent tokens.")
    internal_key: str = Field(min_length=32, description="Shared by desk, bot and actions.")
    accounts_key: str = Field(min_length=32, description="Key of the operator's account system.")
    identity_key: str | None = Field(
        None,
        min_length=32,
        description="Signs the host page's word for a signed-in user; unset: nobody is vouched for.",
    )
    rest_channel_key: str | None = Field(None, min_length=16, description="Opens Rasa's REST channel; unset: off.")

    bot_url: str = Field("http://127.0.0.1:5005", description="Where the bot listens.")
    accounts_url: str = Field("http://127.0.0.1:5100", description="Where the operator's account system listens.")
    bot_timeout_seconds: float = Field(8.0, gt=0, description="Longest single try of a turn.")
    bot_notice_seconds: float = Field(10.0, gt=0, description="After this a waiting user is told that it takes longer.")
    bot_give_up_seconds: float = Field(30.0, gt=0, description="After this the conversation goes to the queue.")
    turn_concurrency: int = Field(16, ge=1, description="Turns this process runs at once.")
    turn_lease_seconds: float = Field(5.0, gt=0, description="A turn whose process fell silent this long is run again.")

    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/\s]+(/\S*)?$",
        description="Where users reach the desk; unset: clients written for Rasa are not shown what agents attach.",
    )
    allowed_origins: str = Field("", description="Host pages that may embed the widget, separated by commas.")
    opening_payloads: str = Field("/greet", description="Payloads a widget may open with, separated by commas.")
    messages_per_minute: int = Field(20, ge=1, description="Messages one conversation may send a minute.")
    sessions_per_minute: int = Field(30, ge=1, description="New conversations one address may open a minute.")
    max_body_bytes: int = Field(65_536, ge=1024, description="Largest request body but for attachments.")
    attachment_limit_bytes: int = Field(50_000_000, ge=1024, description="Largest attachment.")
    attachments_per_conversation_bytes: int = Field(
        500_000_000, ge=1024, description="What the attachments of one conversation may take together."
    )
    uploads_per_minute: int = Field(30, ge=1, description="Attachments one conversation may upload a minute.")
    image_pixels: int = Field(50_000_000, ge=1, description="Most pixels of a picture, all frames counted.")
    session_days: int = Field(30, ge=1, description="How long a session token lasts.")
    agent_session_hours: int = Field(12, ge=1, description="How long an agent stays signed in.")
    secure_cookies: bool = Field(False, description="Set when the desk is served over HTTPS.")
    forwarded_allow_ips: str = Field("127.0.0.1", description="Proxies whose X-Forwarded-For is believed.")

    facts: Path = Field(Path("facts.yml"), description="What an operator may change.")
    uploads: Path = Field(Path("var/uploads"), description="Where attachments lie; shared by all desk processes.")
    web_dir: Path = Field(Path("var/web"), description="Where the built web parts lie.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return url

    @field_validator("public_url")
    @classmethod
    def _without_last_slash(cls, url: str | None) -> str | None:
        return url.rstrip("/") if url else None

    @property
    def origins(self) -> list[str]:
        return _listed(self.allowed_origins)

    @property
    def openings(self) -> list[str]:
        return _listed(self.opening_payloads)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@lru_cache
def load_settings() -> Settings:
    """Read the environment once, or end with one clear line."""
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as wrong:
        lines = [f"DESK_{str(e['loc'][0]).upper()}: {e['msg']}" for e in wrong.errors()]
        raise SystemExit("desk: wrong settings: " + "; ".join(lines)) from None

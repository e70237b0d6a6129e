"""What an operator of the sandbox may set, all read from the environment."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`SANDBOX_KEY` has no default on purpose: a known key is no key."""

    model_config = SettingsConfigDict(env_prefix="SANDBOX_", extra="ignore")

    key: SecretStr = Field(min_length=32)
    port: int = Field(default=5100, ge=1, le=65535)
    database_url: str = "sqlite:///var/sandbox.sqlite3"

"""`python -m desk`: check facts, migrate, serve."""

import logging
import logging.config
import sys

import uvicorn

from desk.app import make_app
from desk.facts import FactsWrong, load_facts
from desk.migrate import migrate
from desk.settings import load_settings


def _configure_logs() -> None:
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"masking": {"()": "desk.masking.MaskingFilter"}},
            "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
            "handlers": {
                "out": {"class": "logging.StreamHandler", "filters": ["masking"], "formatter": "plain"},
            },
            "root": {"level": "INFO", "handlers": ["out"]},
            # One line for each request would drown what matters, and httpx would log addresses.
            "loggers": {name: {"level": "WARNING"} for name in ("uvicorn.access", "httpx", "alembic")},
        }
    )


def main() -> None:
    settings = load_settings()
    try:
        load_facts(settings.facts)
    except FactsWrong as wrong:
        sys.exit(f"facts: {wrong}")
    _configure_logs()
    migrate(settings.database_url)
    uvicorn.run(
        make_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=5,
        ws_per_message_deflate=False,  # our events are small: packing one costs more than sending it
    )


if __name__ == "__main__":
    main()

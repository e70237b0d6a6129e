"""`python -m sandbox`: serve the account system on the loopback address."""

import sys

import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from sandbox.app import create_app
from sandbox.settings import Settings


def main() -> None:
    """One clear line when a setting is missing or wrong, never a stack trace."""
    try:
        settings = Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        wrong = "; ".join(f"SANDBOX_{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors())
        sys.exit(f"sandbox: {wrong}")
    try:
        app = create_app(settings)
    except (OSError, SQLAlchemyError) as error:
        sys.exit(f"sandbox: cannot open {settings.database_url}: {error}".splitlines()[0])
    uvicorn.run(app, host="127.0.0.1", port=settings.port, log_level="info", access_log=False)


if __name__ == "__main__":
    main()

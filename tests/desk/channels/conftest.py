import pytest


@pytest.fixture
def database_kind() -> str:
    """What is said over HTTP does not depend on the database; a test that needs both asks for both."""
    return "sqlite"

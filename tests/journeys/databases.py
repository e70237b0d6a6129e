"""For journeys that must end well whichever database the desk has."""

import pytest

# Of session scope, so that all of one database run before the desk is given the other.
ON_BOTH = pytest.mark.parametrize("database_kind", ["sqlite", "postgres"], indirect=True, scope="session")

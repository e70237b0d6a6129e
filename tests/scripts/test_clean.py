"""What `make clean` removes can be made again; what people wrote and sent cannot."""

from scripts.clean import MADE
from scripts.layout import ROOT, VAR


def test_database_attachments_and_secrets_are_kept():
    for kept in (VAR / "desk.sqlite3", VAR / "uploads" / "f_1", VAR / "secrets.env", ROOT / "desk"):
        assert not any(kept == made or made in kept.parents for made in MADE), kept

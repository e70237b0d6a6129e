"""States of a handoff."""

from enum import StrEnum


class HandoffState(StrEnum):
    WAITING = "waiting"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"

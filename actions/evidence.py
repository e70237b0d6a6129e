"""What goes along with a case: links, and the pictures, videos and files a user sent."""

from collections.abc import Iterable
from typing import Any

EVIDENCE = "evidence"  # the slot of what goes along with the case being filled in
WAITING = "attachments"  # the slot of what was sent and nothing has taken yet; the channel fills it
MOST_ATTACHMENTS, MOST_LINKS = 20, 9  # what the desk takes with one case
KINDS = ("image", "video", "file", "link")

Attachment = dict[str, Any]
Evidence = list[str | Attachment]


def attachments_in(evidence: Evidence | None) -> list[Attachment]:
    return [item for item in evidence or [] if not isinstance(item, str)]


def links_among(evidence: Evidence | None) -> list[str]:
    return [item for item in evidence or [] if isinstance(item, str)]


def ids_of(evidence: Evidence | None) -> list[str]:
    """The attachments as the desk knows them, each once."""
    return list(dict.fromkeys(attachment["id"] for attachment in attachments_in(evidence)))


def with_links(links: Iterable[str], evidence: Evidence | None) -> list[str]:
    """Links and those of the evidence, each once, no more than a case takes."""
    return list(dict.fromkeys([*links, *links_among(evidence)]))[:MOST_LINKS]


def counted(evidence: Evidence | None) -> dict[str, int]:
    """How many there are of each kind; of what there is none nothing is said."""
    kinds = ["link" if isinstance(item, str) else item["kind"] for item in evidence or []]
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}


def room_for(sent: list[Attachment], evidence: Evidence | None) -> list[Attachment]:
    """As many of the attachments sent as still go along with the case."""
    return sent[: max(0, MOST_ATTACHMENTS - len(attachments_in(evidence)))]

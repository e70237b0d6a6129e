"""Figures as Markdown tables."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column names what the others count."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(map(_cell, row)) + " |" for row in (head, rule, *rows))


def percent(share: float | None) -> str:
    """A share with one place; a dash where there is none."""
    return "–" if share is None else f"{share * 100:.1f}"


def points(difference: float) -> str:
    """A difference of shares, with its sign."""
    return f"{difference * 100:+.1f}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

"""One table from all figures: a row for each measure, a column for each contender. Under it, goals and method."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import goals
from bench.figures import SHARES, Figures
from bench.rounds import LENGTHS, WINDOW, Results
from bench.stock import EXAMPLES
from bench.talks import TALKS

NOTES = Path(__file__).with_name("notes.md")
OURS, STOCK = "ours", "stock"

Row = tuple[str, str, str, str]
HEAD: Row = ("p50 / p95 / p99 where there are three", OURS, "stock Rasa", "ours ÷ stock")
RULE: Row = ("---", "---:", "---:", "---:")


def text(found: dict[str, Any]) -> str:
    """All that is printed."""
    results = found["medians"]
    parts = (_head(found), table(results, LENGTHS), "\n".join(map(str, goals.judged(results))), _notes(found))
    return "\n\n".join(parts) + "\n"


def _head(found: dict[str, Any]) -> str:
    number = len(found["rounds"])
    return (
        f"## Bench of {found['at'].replace('T', ' ')}\n\n"
        f"{found['machine']}; load {found['load_before']:.1f} before it began; medians of {number} round(s), "
        f"each piece watched for {found['watched_seconds']:.0f} s; the desk on SQLite (synchronous=FULL)."
    )


def table(results: Results, lengths: Sequence[int]) -> str:
    """The figures as a Markdown table."""
    ours, stock = results[OURS], results[STOCK]
    rows = (HEAD, RULE, *_speed(ours, stock), *_coming(ours), *_cost(ours, stock), *_length(ours, stock, lengths))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _speed(ours: dict[str, Figures], stock: dict[str, Figures]) -> Iterator[Row]:
    for name in (f"{talk.name}, {number} at once" for talk in TALKS for number in talk.at_once):
        mine, theirs = ours[name], stock[name]
        times = f"{mine['rate'] / theirs['rate']:.1f} times"
        yield f"**{name}**: turns a second", f"**{mine['rate']:.1f}**", f"**{theirs['rate']:.1f}**", times
        yield "acknowledgement, ms", _spread("acknowledged", mine), "with the answer", ""
        yield "full turn, ms", _spread("answered", mine), _spread("answered", theirs), ""


def _coming(ours: dict[str, Figures]) -> Iterator[Row]:
    figures = ours["arriving"]
    name = f"**{TALKS[0].name}s that arrive by themselves, {figures['rate']:.0f} a second**"
    yield f"{name}: acknowledgement, ms", _spread("acknowledged", figures), "", ""
    yield "full turn, ms", _spread("answered", figures), "", ""


def _cost(ours: dict[str, Figures], stock: dict[str, Figures]) -> Iterator[Row]:
    for name in (f"{talk.name}, {talk.at_once[1]} at once" for talk in TALKS):
        mine, theirs = (_of_parts("cpu_", figures[name]) for figures in (ours, stock))
        times = f"{sum(mine.values()) / sum(theirs.values()):.1f} times"
        yield f"**{name}**: processor time of a turn, ms", _sum(mine), _sum(theirs), times
    yield "**memory**, MB", _sum(ours["memory"], 0), _sum(stock["memory"], 0), ""


def _of_parts(prefix: str, figures: Figures) -> Figures:
    names = (name for name in figures if name.startswith(prefix) and name != f"{prefix}client")
    return {name.removeprefix(prefix): figures[name] for name in names}


def _length(ours: dict[str, Figures], stock: dict[str, Figures], lengths: Sequence[int]) -> Iterator[Row]:
    for number in lengths:
        mine, theirs = (figures["length"][f"turn_{number}"] for figures in (ours, stock))
        yield f"**turn {number} of one conversation**, ms", f"{mine:.1f}", f"{theirs:.1f}", ""


def _spread(name: str, figures: Figures) -> str:
    return " / ".join(f"{figures[f'{name}_p{share}']:.1f}" for share in SHARES)


def _sum(parts: Figures, digits: int = 1) -> str:
    each = " + ".join(f"{name.removeprefix('stock-')} {number:.{digits}f}" for name, number in parts.items())
    return f"{each} = {sum(parts.values()):.{digits}f}"


def _notes(found: dict[str, Any]) -> str:
    measures = [figures for of_one in found["medians"].values() for figures in of_one.values()]
    return NOTES.read_text("utf-8").format(
        intents=found["stock_intents"],
        examples=EXAMPLES,
        share=max(figures.get("client_share", 0) for figures in measures),
        widget=found["client"][OURS],
        rest=found["client"][STOCK],
        late=found["medians"][OURS]["arriving"]["late_p95"],
        window=WINDOW,
    )

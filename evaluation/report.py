"""One report from all figures."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from evaluation import goals
from evaluation.contenders import OURS
from evaluation.tables import percent, points, table
from evaluation.tasks import ALL

NOTES = Path(__file__).with_name("notes.md")
MEASURES = {
    "top1": "top-1",
    "in_scope_top1": "in scope",
    "top3": "top-3",
    "macro_f1": "macro-F1",
    "calibration_error": "calibration error",
    "out_of_scope_recall": "recall out of scope",
    "auroc": "AUROC",
}
SENTENCES = 6  # shown of each confusion
Found = Mapping[str, Any]


def text(found: Found, quoting: bool = True) -> str:
    """All that is printed; without ``quoting``, no sentence of the sets."""
    head = f"# How well the bot understands\n\n{found['at'].replace('T', ' ')}, {found['machine']}."
    return "\n\n".join(
        [head, *(part for task in found["tasks"] for part in _of_task(task, quoting)), NOTES.read_text("utf-8")]
    )


def _of_task(task: Found, quoting: bool) -> Iterator[str]:
    yield f"## {task['task']}\n\n{task['train']} training examples of {task['intents']} intents."
    yield "\n".join(map(str, goals.judged(task)))
    yield f"### Understanding, %\n\n{understanding(task['contenders'])}"
    yield f"### Ours against stock Rasa\n\n{verdicts(task['verdicts'])}"
    yield f"### Cost\n\n{cost(task['contenders'])}"
    yield f"### Noise: top-1, % (and points lost)\n\n{noise(task['contenders'])}"
    if "voices" in task:
        yield f"### A voice left out of the training, %\n\n{voices(task['voices'])}"
        yield f"### The same with the bot's fallback\n\n{fallback(task['fallback'])}"
        yield f"### More data, %\n\n{curve([*task['curve'], _whole(task)])}"
    yield f"### The worst confusions\n\n{confusions(task['confusions'], quoting)}"
    if task["own"]:
        yield f"### F1 of each intent, %\n\n{by_intent(task['contenders'])}"


def understanding(contenders: Found) -> str:
    """A row for each set and contender."""
    rows = [
        [f"{name}, {contender}", f"{figures['examples']:.0f}", *(percent(figures[measure]) for measure in MEASURES)]
        for name in contenders[OURS]["sets"]
        for contender, told in contenders.items()
        for figures in [told["sets"][name]]
    ]
    return table(["set", "sentences", *MEASURES.values()], rows)


def verdicts(rows: Sequence[Found]) -> str:
    """A line for each set and stock pipeline."""
    return table(
        ["set", "against", "points of top-1", "95 % of the time", "verdict"],
        [
            [
                row["set"],
                row["against"],
                points(row["difference"]),
                f"{points(row['low'])} to {points(row['high'])}",
                row["verdict"],
            ]
            for row in rows
        ],
    )


def cost(contenders: Found) -> str:
    """Time and memory of each contender."""
    measures = {
        "training, s": lambda told: f"{told['training']['seconds']:.0f}",
        "training, processor s": lambda told: f"{told['training']['cpu_seconds']:.0f}",
        "training, peak MB": lambda told: f"{told['training']['peak_mb']:.0f}",
        "trained at": lambda told: told["training"]["at"].replace("T", " "),
        "model, MB": lambda told: f"{told['training']['model_mb']:.1f}",
        "parse in Rasa, ms (p50 / p95)": lambda told: f"{told['parse_p50_ms']:.2f} / {told['parse_p95_ms']:.2f}",
        "process with the model, MB": lambda told: f"{told['memory_mb']:.0f}",
    }
    rows = [[name, *(shown(told) for told in contenders.values())] for name, shown in measures.items()]
    return table(["", *contenders], rows)


def noise(contenders: Found) -> str:
    """Each kind of noise, on the sentences that it changes."""
    rows = [
        [kind, f"{row['examples']:.0f}", *(_lost(told["noise"][kind]) for told in contenders.values())]
        for kind, row in contenders[OURS]["noise"].items()
    ]
    return table(["", "sentences", *contenders], rows)


def voices(rows: Sequence[Found]) -> str:
    """Each voice left out, their mean and the worst of them."""
    names = {"in_scope_top1": "top-1", "in_scope_top3": "top-3", "top1": "top-1 with out of scope", "top3": "top-3 so"}
    shown = [[row["name"], f"{row['examples']:.0f}", *(percent(row[name]) for name in names)] for row in rows]
    for title, of in (("mean", mean), ("worst", min)):
        known = {name: [row[name] for row in rows if row[name] is not None] for name in names}
        shown.append([f"**{title}**", "", *(percent(of(known[name])) for name in names)])
    return table(["voice", "sentences", *names.values()], shown)


def fallback(figures: Found) -> str:
    """What the users of the voices left out would meet."""
    threshold, ambiguity = figures["thresholds"]
    shown = {name: percent(share) for name, share in figures.items() if name != "thresholds"}
    return (
        f"Of all these sentences, {shown['right']} % are understood. Below {threshold} of confidence, or with a second "
        f"intent within {ambiguity}, the bot asks back: it answers {shown['answered']} %, of these "
        f"{shown['right_of_answered']} % rightly. {shown['wrong_stopped']} % of the wrong answers are stopped, and "
        f"{shown['right_stopped']} % of the right ones."
    )


def curve(rows: Sequence[Found]) -> str:
    """What a part of the training data is worth."""
    names = ("top1", "in_scope_top1", "top3", "macro_f1", "out_of_scope_recall")
    shown = [[row["name"], str(row["train"]), *(percent(row[name]) for name in names)] for row in rows]
    return table(["part", "examples", *(MEASURES[name] for name in names)], shown)


def confusions(rows: Sequence[Found], quoting: bool = True) -> str:
    """What was meant, what it was taken for, and some of the sentences."""
    return "\n".join(
        f"{place}. `{row['meant']}` taken for `{row['taken_for']}`, {len(row['sentences'])} times"
        + (": " + " / ".join(" ".join(said.split()) for said in row["sentences"][:SENTENCES]) if quoting else "")
        for place, row in enumerate(rows, 1)
    )


def by_intent(contenders: Found) -> str:
    """The intents from the one understood worst."""
    ours = contenders[OURS]["f1"]
    order = sorted(ours, key=lambda intent: (ours[intent], intent))
    rows = [[intent, *(percent(told["f1"].get(intent)) for told in contenders.values())] for intent in order]
    return table(["intent", *contenders], rows)


def _whole(task: Found) -> dict[str, Any]:
    return {"name": "100%", "train": task["train"], **task["contenders"][OURS]["sets"][ALL]}


def _lost(row: Found) -> str:
    if not row["examples"]:
        return "–"
    return f"{percent(row['noisy'])} ({points(row['noisy'] - row['clean'])})"

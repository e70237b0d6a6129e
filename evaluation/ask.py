"""`python -m evaluation.ask MODEL QUESTIONS ANSWERS`: asks one model in Rasa, in a process of its own."""

import asyncio
import json
import logging
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.utils.log_utils import configure_structlog

from evaluation import answers
from evaluation.answers import Answer, of_ranking
from evaluation.ours import Ours
from scripts.console import say

WARM_UP = 50
SAY_EVERY = 500


async def main(model: Path, questions: Path, to: Path) -> None:
    """Answer all questions one after another, and tell beside the answers what memory was held after them."""
    configure_structlog(
        logging.WARNING
    )  # as `rasa run` does: otherwise each sentence is logged, which takes longer than it
    asked = json.loads(questions.read_text(encoding="utf-8"))
    texts, label = asked["texts"], asked["out_of_scope"]
    agent = await load_agent(model_path=str(model))
    ours = Ours.found(_components(agent), label)
    for text in texts[:WARM_UP]:
        await agent.parse_message(text)
    found = []
    for number, text in enumerate(texts):
        found.append(await _answer(agent, ours, text, label))
        if number % SAY_EVERY == 0:
            say(f"{number} of {len(texts)} sentences")
    answers.write(to, found)
    to.with_suffix(".memory").write_text(str(_resident_mb()))


async def _answer(agent: Agent, ours: Ours | None, text: str, label: str | None) -> Answer:
    begun = perf_counter()
    parsed = await agent.parse_message(text)
    answer = of_ranking(_ranking(parsed), label, perf_counter() - begun)
    return Answer(answer.ranking, ours.out_of_scope(text), answer.seconds) if ours else answer


def _ranking(parsed: dict[str, Any]) -> list[tuple[str, float]]:
    """The classifier's own, whatever the fallback makes of it."""
    rows = parsed.get("intent_ranking") or []
    return [
        (row["name"], row["confidence"]) for row in rows if row["name"] not in (None, DEFAULT_NLU_FALLBACK_INTENT_NAME)
    ]


def _components(agent: Agent) -> list[object]:
    return [node._component for node in agent.processor.graph_runner._instantiated_nodes.values()]


def _resident_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1e3


if __name__ == "__main__":
    asyncio.run(main(*map(Path, sys.argv[1:])))

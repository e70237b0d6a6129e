"""From answers to figures."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from evaluation.answers import Answer
from evaluation.sets import Example

BINS = 15
KEPT_IN_SCOPE = 0.95
Figures = dict[str, float | None]


@dataclass(frozen=True)
class Answered:
    """Examples with the answers they got, and the label that means out of scope, if there is one."""

    examples: Sequence[Example]
    answers: Sequence[Answer]
    out_of_scope: str | None

    def right(self) -> np.ndarray:
        """For each example whether the best intent is the right one."""
        return np.array([a.intent == e.intent for e, a in zip(self.examples, self.answers, strict=True)], dtype=bool)

    def in_scope(self) -> np.ndarray:
        """For each example whether it is the bot's business."""
        return np.array([e.intent != self.out_of_scope for e in self.examples], dtype=bool)

    @classmethod
    def together(cls, parts: Sequence["Answered"]) -> "Answered":
        """Several as one; all have the same label for out of scope."""
        examples = [example for part in parts for example in part.examples]
        return cls(examples, [answer for part in parts for answer in part.answers], parts[0].out_of_scope)

    def only(self, chosen: np.ndarray) -> "Answered":
        """A part of them."""
        places = np.flatnonzero(chosen)
        return Answered([self.examples[i] for i in places], [self.answers[i] for i in places], self.out_of_scope)


def figures(answered: Answered, learnt: bool = True) -> Figures:
    """All figures of one set.

    Where no example of what is out of scope was ``learnt``, no model can name it: then only what is in
    scope counts, and out of scope the score alone.
    """
    in_scope = answered.in_scope()
    counted = answered if learnt else answered.only(in_scope)
    return {
        "examples": float(len(answered.examples)),
        "top1": top(counted, 1),
        "top3": top(counted, 3),
        "macro_f1": macro_f1(counted),
        "in_scope_top1": top(answered.only(in_scope), 1),
        "calibration_error": calibration_error([a.confidence for a in counted.answers], counted.right()),
        **_out_of_scope([a.out_of_scope for a in answered.answers], in_scope),
    }


def top(answered: Answered, places: int) -> float | None:
    """How often the right intent is among the first so many."""
    hits = [a.among_first(e.intent, places) for e, a in zip(answered.examples, answered.answers, strict=True)]
    return sum(hits) / len(hits) if hits else None


def macro_f1(answered: Answered) -> float | None:
    """The mean F1 of the intents that the set has; an intent that is only wrongly named adds no zero of its own."""
    by_intent = f1_by_intent(answered)
    return sum(by_intent.values()) / len(by_intent) if by_intent else None


def f1_by_intent(answered: Answered) -> dict[str, float]:
    """F1 of each intent that the set has."""
    if not answered.examples:
        return {}
    truth, said = [e.intent for e in answered.examples], [a.intent for a in answered.answers]
    labels = sorted(set(truth))
    scores = f1_score(truth, said, labels=labels, average=None, zero_division=0)
    return dict(zip(labels, map(float, scores), strict=True))


def calibration_error(confidences: Sequence[float], right: np.ndarray, bins: int = BINS) -> float | None:
    """How far confidence and truth lie apart, on average over bins of equally many answers."""
    if not len(confidences):
        return None
    order = np.argsort(confidences, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    sure = np.array(confidences)
    return float(sum(len(part) * abs(sure[part].mean() - right[part].mean()) for part in parts) / len(order))


def _out_of_scope(scores: Sequence[float], in_scope: np.ndarray) -> Figures:
    if in_scope.all() or not in_scope.any():
        return {"out_of_scope_recall": None, "auroc": None}
    return {
        "out_of_scope_recall": recall_out_of_scope(np.array(scores), in_scope),
        "auroc": float(roc_auc_score(~in_scope, scores)),
    }


def recall_out_of_scope(scores: np.ndarray, in_scope: np.ndarray, kept: float = KEPT_IN_SCOPE) -> float:
    """The share of what is out of scope that is found when at least so much in scope is kept.

    The threshold is the lowest score of an example in scope that lets enough through.
    """
    ranked = np.sort(scores[in_scope])
    threshold = ranked[int(np.ceil(kept * len(ranked))) - 1]
    return float((scores[~in_scope] > threshold).mean())


def with_fallback(answered: Answered, threshold: float, ambiguity: float) -> Figures:
    """What the fallback makes of the answers: it stops those that are unsure, or where a second intent is as likely.

    The share that is ``answered``, of these the share ``right_of_answered``, and of the right and the wrong answers
    the shares that are stopped.
    """
    right, kept = answered.right(), ~np.array([_doubted(a, threshold, ambiguity) for a in answered.answers], dtype=bool)
    return {
        "answered": _share(kept),
        "right": _share(right),
        "right_of_answered": _share(right[kept]),
        "right_stopped": _share(~kept[right]),
        "wrong_stopped": _share(~kept[~right]),
    }


def _doubted(answer: Answer, threshold: float, ambiguity: float) -> bool:
    """As Rasa's FallbackClassifier does it."""
    first, *rest = [sure for _, sure in answer.ranking[:2]] or [0.0]
    return first < threshold or any(first - second < ambiguity for second in rest)


def _share(chosen: np.ndarray) -> float | None:
    return float(chosen.mean()) if len(chosen) else None


def confusions(answered: Answered, most: int = 10) -> list[dict[str, Any]]:
    """The pairs of intents that are taken for one another most often, each way by itself, with the sentences."""
    sentences = defaultdict(list)
    for example, answer in zip(answered.examples, answered.answers, strict=True):
        if example.intent != answer.intent:
            sentences[example.intent, answer.intent].append(example.text)
    counts = Counter({pair: len(texts) for pair, texts in sentences.items()})
    worst = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [{"meant": meant, "taken_for": taken, "sentences": sentences[meant, taken]} for (meant, taken), _ in worst]


def milliseconds(answers: Sequence[Answer]) -> Figures:
    """How long an answer took."""
    taken = [answer.seconds * 1000 for answer in answers]
    return {"parse_p50_ms": float(np.percentile(taken, 50)), "parse_p95_ms": float(np.percentile(taken, 95))}

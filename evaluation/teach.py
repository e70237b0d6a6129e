"""`python -m evaluation.teach FOLDER`: trains one model with Rasa, in a process of its own.

So its memory and its processor time are told from everybody else's.
"""

import json
import logging
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

from rasa.model_training import train_nlu
from rasa.utils.log_utils import configure_structlog

from evaluation.layout import CONFIG, MODEL, NLU, TRAINING


def main(folder: Path) -> None:
    """Train with the folder's config and data, and write the model and what it cost beside them."""
    configure_structlog(logging.INFO)  # each part of the pipeline says when it begins
    begun, worked = perf_counter(), process_time()
    train_nlu(str(folder / CONFIG), str(folder / NLU), str(folder), fixed_model_name=MODEL.removesuffix(".tar.gz"))
    cost = {
        "seconds": perf_counter() - begun,
        "cpu_seconds": process_time() - worked,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3,
        "model_mb": (folder / MODEL).stat().st_size / 1e6,
    }
    (folder / TRAINING).write_text(json.dumps(cost), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

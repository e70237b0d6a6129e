"""What `make run` does once everything is set up, for stand-ins: `serve_stand_ins.py FOLDER PORT [how it behaves]`."""

import os
import sys
from pathlib import Path

from scripts.__main__ import carefully
from scripts.console import say
from scripts.parts import Part
from scripts.run import serve

folder, port, *manner = sys.argv[1:]
stand_in = Path(__file__).with_name("stand_in.py")
command = (sys.executable, str(stand_in), port, *manner)
part = Part("clerk", command, int(port), "PART_PORT", "/health", ready_within=4 if "mute" in manner else 30)
sys.exit(carefully(lambda: serve([part], os.environ, Path(folder), lambda: say("ready"))))

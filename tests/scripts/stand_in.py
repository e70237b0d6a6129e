"""Stands in for a part: `stand_in.py PORT` answers /health; with `mute` it never does, with `dies` it ends at once."""

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Health(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503 if "mute" in sys.argv else 200)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    print("the last words of a stand-in", flush=True)
    if "dies" in sys.argv:
        sys.exit(3)
    child = subprocess.Popen(["sleep", "600"])
    print("child", child.pid, flush=True)
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()

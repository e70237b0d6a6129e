"""`python -m bench.idle PORT`: a server that speaks like the two contenders and does nothing.

How fast our users are in front of it tells whether they, or what they measure, set the pace.
"""

import json
import sys
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from scripts.parts import HOST

routes = web.RouteTableDef()


@routes.get("/health")
async def health(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


@routes.post("/webhooks/rest/webhook")
async def rest(_request: web.Request) -> web.Response:
    return web.json_response([{"recipient_id": "r", "text": "t" * 40}])


@routes.post("/api/session")
async def session(_request: web.Request) -> web.Response:
    return web.json_response({"token": "t", "state": {"last_seq": 0}})


@routes.get("/socket.io/")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """Two lines for each message, and the state before and after."""
    line = web.WebSocketResponse(compress=True)
    await line.prepare(request)
    await line.send_str('0{"sid":"s"}')
    seqs = count(1)
    async for frame in line:
        if frame.type is not WSMsgType.TEXT:
            continue
        if frame.data.startswith("40"):
            await _tell(line, "missed", {"messages": []})
        elif frame.data.startswith("42"):
            await _answer(line, frame.data, next(seqs), next(seqs))
    return line


async def _answer(line: web.WebSocketResponse, frame: str, own: int, reply: int) -> None:
    text = "t" * 40
    await _tell(line, "message", {"seq": own, "author": "user", "text": text})
    await _tell(line, "state", {"bot_busy": True, "last_seq": own})
    number = frame[len("42/widget,") : frame.index("[")]
    await line.send_str(f"43/widget,{number}" + json.dumps([{"ok": True, "seq": own}]))
    await _tell(line, "message", {"seq": reply, "author": "bot", "text": text})
    await _tell(line, "state", {"bot_busy": False, "last_seq": reply})


async def _tell(line: web.WebSocketResponse, event: str, content: dict[str, Any]) -> None:
    await line.send_str("42/widget," + json.dumps([event, content]))


if __name__ == "__main__":
    app = web.Application()
    app.add_routes(routes)
    web.run_app(app, host=HOST, port=int(sys.argv[1]), print=None)

import { io, type Socket as IoSocket } from "socket.io-client";
import { type Answer, readSocketFault, unreachable } from "./fault";
import type { History, Message, Outgoing, Receipt, State } from "./wire";

const ACK_TIMEOUT_MS = 6_000;

export interface Listener {
  up(): void;
  down(): void;
  /** The desk would not let us in with this token. */
  refused(): void;
  message(message: Message): void;
  state(state: State): void;
  missed(history: History): void;
}

/** The live line to the desk. While it is down the widget goes on over HTTP. */
export interface Socket {
  readonly isUp: boolean;
  connect(): void;
  close(): void;
  send(message: Outgoing): Promise<Answer<Receipt>>;
}

export type OpenSocket = (auth: () => { token: string; after: number }, listener: Listener) => Socket;

/** Websocket only: the fallback is plain HTTP by sequence number, which needs no sticky sessions. */
export function socketTo(server: string): OpenSocket {
  return (auth, listener) => {
    const line = io(`${server}/widget`, {
      transports: ["websocket"],
      auth: (give) => give(auth()),
      autoConnect: false,
      reconnectionDelayMax: 8_000,
    });
    listen(line, listener);
    return {
      get isUp() {
        return line.connected;
      },
      connect: () => void line.disconnect().connect(),
      close: () => void line.disconnect(),
      send: (message) => sendOver(line, message),
    };
  };
}

function listen(line: IoSocket, listener: Listener): void {
  line.on("connect", () => listener.up());
  line.on("disconnect", (reason) => {
    listener.down();
    // socket.io does not come back by itself after the server closed the line.
    if (reason === "io server disconnect") setTimeout(() => line.connect(), 1_000);
  });
  line.on("connect_error", () => (line.active ? listener.down() : listener.refused()));
  line.on("message", (message: Message) => listener.message(message));
  line.on("state", (state: State) => listener.state(state));
  line.on("missed", (history: History) => listener.missed(history));
}

async function sendOver(line: IoSocket, message: Outgoing): Promise<Answer<Receipt>> {
  try {
    const reply = await line.timeout(ACK_TIMEOUT_MS).emitWithAck("send", message);
    return reply?.ok ? { ok: true, data: reply } : { ok: false, fault: readSocketFault(reply?.error) };
  } catch {
    // No acknowledgement in time: nobody knows whether it was stored, so it is sent again under the same id.
    return { ok: false, fault: unreachable };
  }
}

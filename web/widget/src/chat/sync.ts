import { cursor, hasGap } from "../store/messages";
import type { Store } from "../store/store";
import { verdict } from "../transport/fault";
import type { Http } from "../transport/http";
import type { Listener, OpenSocket, Socket } from "../transport/socket";
import type { Message, State } from "../transport/wire";
import type { SessionKeeper } from "./session";

const POLL_MS = 4_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 8_000;
/** A state often arrives just before the message it tells of. */
const GRACE_MS = 400;

/** Brings everything the desk has said, in order and without gaps: pushed when it can be, asked for when not. */
export class Sync {
  socket: Socket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private grace: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private asking: Promise<void> | null = null;
  private stopped = false;
  private turnedAway = false;

  constructor(
    private readonly http: Http,
    private readonly openSocket: OpenSocket,
    private readonly store: Store,
    private readonly session: SessionKeeper,
    /** The desk answers again: what waits may be sent. */
    private readonly onReached: () => void,
  ) {}

  start(): void {
    void this.ask();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.grace);
    this.socket?.close();
  }

  /** Looks at once, for instance when the network or the page came back. */
  wake(): void {
    this.failures = 0;
    if (this.socket && !this.socket.isUp) this.socket.connect();
    void this.ask();
  }

  /** Another conversation now: the line has to be opened with its token. */
  reconnect(): void {
    this.socket?.connect();
    void this.ask();
  }

  private ask(): Promise<void> {
    this.asking ??= this.askAlone().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  private async askAlone(): Promise<void> {
    clearTimeout(this.timer);
    const reached = await this.fetchMissing();
    if (this.stopped) return;
    this.failures = reached ? 0 : this.failures + 1;
    if (reached) {
      this.listen();
      this.onReached();
    }
    this.showLink(reached);
    if (!reached || !this.socket?.isUp) this.askAgainIn(reached ? POLL_MS : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * this.failures));
  }

  private showLink(reached: boolean): void {
    const link = this.socket?.isUp ? "live" : reached ? "polling" : "offline";
    if (link !== this.store.model.link) this.store.tell({ type: "link", link });
  }

  private askAgainIn(ms: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void this.ask(), ms);
  }

  /** Fetches page by page until nothing is missing; false when the desk could not be reached. */
  private async fetchMissing(): Promise<boolean> {
    if (!this.session.token && !(await this.session.open())) return false;
    let renewed = false;
    for (let after = -1; ; ) {
      const token = this.session.token ?? "";
      const at = cursor(this.store.model.messages);
      if (at === after) return true;
      const answer = await this.http.messages(token, at);
      // The conversation may have changed meanwhile: then this answers a question that is no longer ours.
      if (token !== this.session.token) continue;
      if (answer.ok) {
        after = at;
        this.store.tell({ type: "received", ...answer.data });
        this.store.tell({ type: "loaded" });
        if (!hasGap(this.store.model.messages, this.store.model.state)) return true;
      } else {
        if (verdict(answer.fault) !== "sign_in" || renewed || !(await this.session.open())) return false;
        renewed = true;
        this.socket?.connect();
      }
    }
  }

  private listen(): void {
    // socket.io does not try again by itself after the desk refused it.
    if (this.socket && this.turnedAway) this.socket.connect();
    this.turnedAway = false;
    if (this.socket) return;
    const auth = () => ({ token: this.session.token ?? "", after: cursor(this.store.model.messages) });
    this.socket = this.openSocket(auth, this.listener);
    this.socket.connect();
  }

  private readonly listener: Listener = {
    up: () => {
      clearTimeout(this.timer);
      this.showLink(true);
      this.onReached();
    },
    down: () => {
      if (this.store.model.link === "live") this.askAgainIn(0);
    },
    refused: () => {
      this.turnedAway = true;
      this.askAgainIn(POLL_MS);
    },
    message: (message: Message) => this.received([message]),
    state: (state: State) => {
      this.store.tell({ type: "state", state });
      this.closeGap();
    },
    missed: ({ messages, state }) => this.received(messages, state),
  };

  private received(messages: Message[], state?: State): void {
    this.store.tell({ type: "received", messages, ...(state ? { state } : {}) });
    this.closeGap();
  }

  private closeGap(): void {
    clearTimeout(this.grace);
    if (!hasGap(this.store.model.messages, this.store.model.state)) return;
    this.grace = setTimeout(() => void this.ask(), GRACE_MS);
  }
}

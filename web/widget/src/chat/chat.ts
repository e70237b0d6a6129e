import type { Keep } from "../store/keep";
import { unread } from "../store/messages";
import { Store } from "../store/store";
import { verdict } from "../transport/fault";
import type { Http } from "../transport/http";
import type { OpenSocket } from "../transport/socket";
import type { Button } from "../transport/wire";
import type { Lock } from "./lock";
import { Sender } from "./sender";
import { SessionKeeper, type Visitor } from "./session";
import { Sync } from "./sync";

const OPENING_PAYLOAD = "/greet";

export interface Parts {
  http: Http;
  openSocket: OpenSocket;
  keep: Keep;
  lock: Lock;
  visitor: Visitor;
}

/** The user's end of one conversation: what the views may ask for, and nothing of how it is done. */
export class Chat {
  readonly store: Store;
  private readonly session: SessionKeeper;
  private readonly sender: Sender;
  private readonly sync: Sync;
  private started = false;
  private readonly greeted = new Set<string>();

  constructor(private readonly parts: Parts) {
    const { http, openSocket, keep, lock, visitor } = parts;
    this.store = new Store({
      conversationId: keep.session?.conversationId ?? null,
      outbox: keep.outbox(),
      draft: keep.draft,
      seen: keep.seen,
      rated: keep.rated,
    });
    this.session = new SessionKeeper(http, keep, this.store, lock, visitor);
    this.sync = new Sync(http, openSocket, this.store, this.session, () => this.reached());
    this.sender = new Sender(http, () => this.sync.socket, keep, this.store, this.session, lock);
  }

  /** Someone who never wrote to us is left alone until the window is opened. */
  start(): void {
    if (this.parts.keep.session) this.begin();
  }

  stop(): void {
    this.sync.stop();
    this.sender.stop();
  }

  show(open: boolean): void {
    this.store.tell({ type: "open", open });
    if (!open) return;
    this.begin();
    this.greet();
  }

  say(text: string): void {
    const words = text.trim();
    if (!words) return;
    this.write("");
    this.sender.add({ clientId: newId(), text: words });
  }

  press({ title, payload }: Button): void {
    this.sender.add({ clientId: newId(), text: title, payload });
  }

  write(draft: string): void {
    this.parts.keep.draft = draft;
    this.store.tell({ type: "draft", draft });
  }

  retry(): void {
    this.sender.retry();
  }

  discard(clientId: string): void {
    this.sender.discard(clientId);
  }

  /** Gives a rating; answers with what the desk said against it, or null when all is well. */
  async rate(caseNumber: string, score: number, comment: string): Promise<string | null> {
    const token = this.session.token;
    const answer = await this.parts.http.rate(token ?? "", caseNumber, score, comment);
    if (answer.ok) {
      this.store.tell({ type: "rated", caseNumber, score });
      this.parts.keep.rated = this.store.model.rated;
      return null;
    }
    if (verdict(answer.fault) === "sign_in") void this.session.open();
    return answer.fault.message;
  }

  /** The user has everything before their eyes. */
  read(): void {
    const { messages, seen } = this.store.model;
    const newest = messages[messages.length - 1]?.seq ?? 0;
    if (newest <= seen) return;
    this.parts.keep.seen = newest;
    this.store.tell({ type: "seen", seq: newest });
  }

  get unread(): number {
    return unread(this.store.model.messages, this.store.model.seen);
  }

  wake(): void {
    if (this.started) this.sync.wake();
  }

  /** Another tab changed what we share. */
  sharedChange(key: string | null): void {
    const what = this.parts.keep.changed(key);
    if (what === "outbox") this.sender.show();
    if (what === "seen") this.store.tell({ type: "seen", seq: this.parts.keep.seen });
    if (what === "session") this.follow();
  }

  private begin(): void {
    if (this.started) return;
    this.started = true;
    this.sync.start();
  }

  private follow(): void {
    const before = this.store.model.conversationId;
    if (!this.started || this.parts.keep.session?.conversationId === before) return;
    this.session.adopt();
    this.sync.reconnect();
  }

  private reached(): void {
    this.greet();
    void this.sender.flush();
  }

  /** An empty conversation is opened once, so that the bot says hello first. */
  private greet(): void {
    const { open, loaded, conversationId, messages, state, outbox } = this.store.model;
    if (!open || !loaded || !conversationId || this.greeted.has(conversationId)) return;
    if (messages.length || outbox.length || state?.last_seq) return;
    this.greeted.add(conversationId);
    // The same id from every tab: however many open at once, the desk stores one.
    this.sender.add({ clientId: `open-${conversationId}`.slice(0, 64), text: "", payload: OPENING_PAYLOAD, opening: true });
  }
}

function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

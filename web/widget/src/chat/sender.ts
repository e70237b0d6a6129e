import type { Keep } from "../store/keep";
import { head, nextOrder, type Pending, toOutgoing } from "../store/outbox";
import type { Store } from "../store/store";
import { type Answer, type Fault, verdict } from "../transport/fault";
import type { Http } from "../transport/http";
import type { Socket } from "../transport/socket";
import type { Attachment, Receipt } from "../transport/wire";
import type { Lock } from "./lock";
import type { SessionKeeper } from "./session";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;
/** So often the desk may stumble over one message before the user is asked what to do. */
const STUMBLES = 3;

/** Sends the outbox, one by one and in order, until each message is acknowledged. */
export class Sender {
  private running = false;
  private again = false;
  private stumbles = 0;
  private waits = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly http: Http,
    private readonly socket: () => Socket | null,
    private readonly keep: Keep,
    private readonly store: Store,
    private readonly session: SessionKeeper,
    private readonly lock: Lock,
    private readonly onRefused: (pending: Pending, fault: Fault) => void,
  ) {}

  /** Puts a message in the line; from here on it survives everything but the user's wish. */
  add(message: Pick<Pending, "clientId" | "text"> & Partial<Pending>): void {
    // Whoever writes again also wants what failed before it to go out first.
    for (const pending of this.keep.outbox()) if (pending.failed) this.keep.put({ ...pending, failed: false });
    this.keep.put({
      payload: null,
      attachments: [],
      opening: false,
      failed: false,
      at: new Date().toISOString(),
      ...message,
      order: nextOrder(this.keep.outbox()),
    });
    this.show();
    void this.flush();
  }

  retry(): void {
    for (const pending of this.keep.outbox()) this.keep.put({ ...pending, failed: false });
    this.show();
    void this.flush();
  }

  /** Lets a message go; answers with what the desk still keeps for it. */
  discard(clientId: string): Attachment[] {
    const pending = this.keep.outbox().find((waiting) => waiting.clientId === clientId);
    if (pending) this.keep.drop(pending);
    this.show();
    void this.flush();
    return pending?.attachments ?? [];
  }

  /** Shows what stands in the line, also what another tab put there. */
  show(): void {
    this.store.tell({ type: "outbox", outbox: this.keep.outbox() });
  }

  async flush(): Promise<void> {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    clearTimeout(this.timer);
    try {
      do {
        this.again = false;
        await this.lock("outbox", () => this.drain());
      } while (this.again);
    } finally {
      this.running = false;
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async drain(): Promise<void> {
    for (;;) {
      const pending = head(this.keep.outbox());
      const token = this.session.token;
      if (!pending || !token) return;
      if (this.isPaused()) return this.after(this.pauseLeft());
      const answer = await this.deliver(pending, token);
      if (answer.ok) this.stored(pending, answer.data);
      else if (!(await this.goesOn(pending, answer.fault))) return;
    }
  }

  private async deliver(pending: Pending, token: string): Promise<Answer<Receipt>> {
    const line = this.socket();
    if (line?.isUp) {
      const answer = await line.send(toOutgoing(pending));
      if (answer.ok || verdict(answer.fault) !== "unreachable") return answer;
    }
    return this.http.send(token, toOutgoing(pending));
  }

  private stored(pending: Pending, receipt: Receipt): void {
    this.stumbles = this.waits = 0;
    this.keep.drop(pending);
    this.store.tell({ type: "stored", pending, receipt });
  }

  /** Acts on a refusal; true when the next message may be tried at once. */
  private async goesOn(pending: Pending, fault: Fault): Promise<boolean> {
    switch (verdict(fault)) {
      case "refuse":
        this.keep.drop(pending);
        this.store.tell({ type: "refused", pending, message: fault.message });
        this.onRefused(pending, fault);
        return true;
      case "pause":
        this.pause(fault.retryAfterSeconds * 1000);
        return false;
      case "sign_in":
        this.later();
        // A desk that turns away its own new token is asked again later, not at once.
        return (await this.session.open()) && this.waits === 1;
      case "broken":
        this.stumbled(pending);
        return false;
      case "unreachable":
        this.later();
        return false;
    }
  }

  private stumbled(pending: Pending): void {
    this.stumbles += 1;
    if (this.stumbles < STUMBLES) return this.later();
    this.stumbles = 0;
    // A greeting nobody asked for is not worth a question.
    if (pending.opening) this.keep.drop(pending);
    else this.keep.put({ ...pending, failed: true });
    this.show();
  }

  private pauseLeft(): number {
    return (this.store.model.pausedUntil ?? 0) - Date.now();
  }

  private isPaused(): boolean {
    return this.pauseLeft() > 0;
  }

  private pause(ms: number): void {
    this.store.tell({ type: "paused", until: Date.now() + ms });
    this.after(ms);
  }

  private later(): void {
    this.after(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.waits));
    this.waits = Math.min(this.waits + 1, 10);
  }

  private after(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (!this.isPaused()) this.store.tell({ type: "paused", until: null });
      void this.flush();
    }, ms);
  }
}

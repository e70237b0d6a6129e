import { verdict } from "../transport/fault";
import type { Http } from "../transport/http";
import type { Keep } from "../store/keep";
import { carriesOver } from "../store/outbox";
import type { Store } from "../store/store";
import type { State } from "../transport/wire";
import type { Lock } from "./lock";

export interface Visitor {
  locale: string;
  /** Signed by the host page, when it vouches for the user. */
  identity: string | null;
}

/** Gets and renews the token of this browser's one conversation with the desk. */
export class SessionKeeper {
  private opening: Promise<boolean> | null = null;
  private confirmed = false;

  constructor(
    private readonly http: Http,
    private readonly keep: Keep,
    private readonly store: Store,
    private readonly lock: Lock,
    private readonly visitor: Visitor,
  ) {}

  /** The token, once the desk has confirmed the session since this page was loaded. */
  get token(): string | null {
    return this.confirmed ? (this.keep.session?.token ?? null) : null;
  }

  /** Opens or renews the session; false when the desk could not be reached. */
  open(): Promise<boolean> {
    this.opening ??= this.lock("session", () => this.openAlone()).finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  /** Goes along with what another tab has opened. */
  adopt(): void {
    const kept = this.keep.session;
    if (kept) this.enter(kept.conversationId);
  }

  private async openAlone(): Promise<boolean> {
    const kept = this.keep.session;
    let answer = await this.request(kept?.token);
    if (!answer.ok && kept && verdict(answer.fault) === "sign_in") answer = await this.request();
    if (!answer.ok) return false;
    const { conversation_id: conversationId, token, state } = answer.data;
    this.keep.session = { conversationId, token };
    this.enter(conversationId, state);
    return true;
  }

  private request(token?: string) {
    const { locale, identity } = this.visitor;
    return this.http.openSession({ locale, ...(token ? { token } : {}), ...(identity ? { identity } : {}) });
  }

  private enter(conversationId: string, state?: State): void {
    this.confirmed = true;
    const before = this.store.model.conversationId;
    if (before && before !== conversationId) this.leaveBehind();
    this.store.tell({ type: "session", conversationId, state });
    this.store.tell({ type: "outbox", outbox: this.keep.outbox() });
  }

  private leaveBehind(): void {
    this.keep.seen = 0;
    this.keep.rated = {};
    for (const pending of this.keep.outbox()) if (!carriesOver(pending)) this.keep.drop(pending);
  }
}

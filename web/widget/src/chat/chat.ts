import type { Keep } from "../store/keep";
import { unread } from "../store/messages";
import { Store } from "../store/store";
import { inComposer, maySend } from "../store/tray";
import { type Answer, verdict } from "../transport/fault";
import type { Http } from "../transport/http";
import type { OpenSocket } from "../transport/socket";
import type { BeginUpload } from "../transport/upload";
import type { Button } from "../transport/wire";
import { newId } from "./ids";
import type { Lock } from "./lock";
import { Media } from "./media";
import { Sender } from "./sender";
import { SessionKeeper, type Visitor } from "./session";
import { Sync } from "./sync";
import { Uploads } from "./uploads";

const OPENING_PAYLOAD = "/greet";

export interface Parts {
  http: Http;
  openSocket: OpenSocket;
  beginUpload: BeginUpload;
  keep: Keep;
  lock: Lock;
  visitor: Visitor;
}

/** The user's end of one conversation: what the views may ask for, and nothing of how it is done. */
export class Chat {
  readonly store: Store;
  readonly media: Media;
  readonly uploads: Uploads;
  private readonly session: SessionKeeper;
  private readonly sender: Sender;
  private readonly sync: Sync;
  private started = false;
  private readonly greeted = new Set<string>();
  private keptDraft: string;

  constructor(private readonly parts: Parts) {
    const { http, openSocket, beginUpload, keep, lock, visitor } = parts;
    this.keptDraft = keep.draft;
    this.store = new Store({
      conversationId: keep.session?.conversationId ?? null,
      outbox: keep.outbox(),
      draft: keep.draft,
      seen: keep.seen,
      rated: keep.rated,
    });
    this.session = new SessionKeeper(http, keep, this.store, lock, visitor);
    this.sync = new Sync(http, openSocket, this.store, this.session, () => this.reached());
    this.sender = new Sender(http, () => this.sync.socket, keep, this.store, this.session, lock, ({ attachments }, { code }) =>
      this.uploads.giveBack(attachments, code === "attachment_not_yours"),
    );
    this.media = new Media((id) => this.fetchAttachment(id));
    this.uploads = new Uploads(http, beginUpload, this.media, this.store, this.session, {
      ship: ({ clientId, text, at }, attachments) => this.sender.add({ clientId, text, at, attachments }),
      returned: ({ text }) => this.store.tell({ type: "returned", text }),
    });
    this.store.watch(() => this.keepDraft());
  }

  /** Someone who never wrote to us is left alone until the window is opened. */
  start(): void {
    if (this.parts.keep.session) this.begin();
  }

  stop(): void {
    this.sync.stop();
    this.sender.stop();
    this.uploads.stop();
    this.media.clear();
  }

  show(open: boolean): void {
    this.store.tell({ type: "open", open });
    if (!open) return;
    this.begin();
    this.greet();
  }

  /** Says something in the user's name; what is being written stays. */
  say(text: string): void {
    const words = text.trim();
    if (words) this.sender.add({ clientId: newId(), text: words });
  }

  /** Sends what stands in the composer; what is still on its way up is waited for, the rest goes on. */
  send(): void {
    const { draft, tray } = this.store.model;
    if (!maySend(draft, tray)) return;
    const clientId = newId();
    this.write("");
    if (inComposer(tray).length) this.uploads.send(clientId, draft.trim());
    else this.sender.add({ clientId, text: draft.trim() });
  }

  press({ title, payload }: Button): void {
    this.sender.add({ clientId: newId(), text: title, payload });
  }

  write(draft: string): void {
    this.store.tell({ type: "draft", draft });
  }

  retry(): void {
    this.sender.retry();
  }

  discard(clientId: string): void {
    this.uploads.discard(clientId);
    for (const attachment of this.sender.discard(clientId)) this.uploads.takeBack(attachment);
  }

  /** Gives a rating; answers with what the desk said against it, or null when all is well. */
  async rate(caseNumber: string, score: number, comment: string): Promise<string | null> {
    const refusal = this.complaintOf(await this.parts.http.rate(this.session.token ?? "", caseNumber, score, comment));
    if (refusal !== null) return refusal;
    this.store.tell({ type: "rated", caseNumber, score });
    this.parts.keep.rated = this.store.model.rated;
    return null;
  }

  /** Asks to look into a settled case again; answers like `rate`. */
  async reopen(caseNumber: string): Promise<string | null> {
    const seq = this.newest;
    const answer = await this.parts.http.reopen(this.session.token ?? "", caseNumber);
    if (answer.ok) this.store.tell({ type: "reopened", caseNumber, seq });
    return this.complaintOf(answer);
  }

  /** The user has everything before their eyes. */
  read(): void {
    const { loaded, looking, seen } = this.store.model;
    const newest = this.newest;
    if (!loaded || (looking && newest <= seen)) return;
    this.store.tell({ type: "look" });
    if (newest > seen) this.parts.keep.seen = newest;
  }

  /** The window is closed, or the page is out of sight. */
  lookAway(): void {
    if (this.store.model.looking) this.store.tell({ type: "look_away" });
  }

  get unread(): number {
    return unread(this.store.model.messages, this.store.model.seen).length;
  }

  private get newest(): number {
    const { messages } = this.store.model;
    return messages[messages.length - 1]?.seq ?? 0;
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
    // What broke off while nobody could be reached goes up by itself; what broke off for another reason is the user's to retry.
    if (this.store.model.link === "offline") this.uploads.resume();
    else this.uploads.run();
    void this.sender.flush();
  }

  private complaintOf(answer: Answer<unknown>): string | null {
    if (answer.ok) return null;
    if (verdict(answer.fault) === "sign_in") void this.session.open();
    return answer.fault.message;
  }

  private async fetchAttachment(id: string): Promise<Blob | null> {
    for (const isLast of [false, true]) {
      const answer = await this.parts.http.attachment(this.session.token ?? "", id);
      if (answer.ok) return answer.data;
      if (isLast || verdict(answer.fault) !== "sign_in" || !(await this.session.open())) break;
    }
    return null;
  }

  /** Words that wait for their attachments survive a reload, though the files do not. */
  private keepDraft(): void {
    const { draft, tray } = this.store.model;
    const words = [...tray.parcels.map(({ text }) => text), draft].filter(Boolean).join("\n");
    if (words === this.keptDraft) return;
    this.keptDraft = this.parts.keep.draft = words;
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

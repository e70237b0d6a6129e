import type { Listener, OpenSocket, Socket } from "../src/transport/socket";
import type { BeginUpload } from "../src/transport/upload";
import type { Attachment, Message, Outgoing, Receipt, State } from "../src/transport/wire";
import { FakeUpload } from "./fake-upload";
import { message, state } from "./samples";

interface Conversation {
  messages: Message[];
  receipts: Map<string, Receipt>;
  state: State;
  /** What its user has sent up and not yet sent on. */
  unsent: Map<string, Attachment>;
}

/** A desk in memory that keeps the contract, with levers for what goes wrong in the world. */
export class FakeDesk {
  reachable = true;
  linesUp = true;
  /** Stores what is sent but its answer never arrives. */
  losesAnswers = false;
  /** Answers the next sends with these errors, in turn. */
  refusals: { status: number; body: unknown; headers?: Record<string, string> }[] = [];
  /** Pushes that get lost on the way. */
  losesPushes = false;
  /** Answers an expired token with an error instead of a new conversation. */
  refusesOldTokens = false;
  pageSize = 1000;
  requests: string[] = [];
  /** Files on their way up; a test moves each on by hand. */
  uploads: FakeUpload[] = [];
  private readonly conversations = new Map<string, Conversation>();
  private readonly expired = new Set<string>();
  private readonly lines = new Set<{ conversation: () => string; after: () => number; listener: Listener; up: boolean }>();
  private tokens = 0;

  texts(id = this.newest): string[] {
    return this.of(id).messages.map(({ kind, text }) => (kind === "opening" ? "(opening)" : text));
  }

  get newest(): string {
    return [...this.conversations.keys()].pop() ?? "";
  }

  get count(): number {
    return this.conversations.size;
  }

  say(text: string, over: Partial<Message> = {}): void {
    this.store(this.newest, { text, ...over });
  }

  change(over: Partial<State>): void {
    const conversation = this.of(this.newest);
    conversation.state = { ...conversation.state, ...over };
    this.push(this.newest, (listener) => listener.state(this.stateOf(this.newest)));
  }

  expireTokens(): void {
    for (const id of this.conversations.keys()) this.expired.add(id);
    this.dropLines();
  }

  dropLines(): void {
    for (const line of this.lines) this.drop(line);
  }

  raiseLines(): void {
    this.linesUp = true;
    for (const line of this.lines) this.raise(line);
  }

  readonly fetch = async (url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const { pathname, searchParams } = new URL(String(url));
    this.requests.push(`${init.method} ${pathname}`);
    if (!this.reachable) throw new TypeError("no network");
    const body = init.body ? JSON.parse(String(init.body)) : {};
    const isOld = this.expired.has(conversationOf(body.token));
    if (pathname === "/api/session" && isOld && this.refusesOldTokens) return json(401, { code: "token_expired", message: "过期" });
    if (pathname === "/api/session") return json(201, this.open(body.token));
    const id = conversationOf(new Headers(init.headers).get("Authorization")?.replace("Bearer ", ""));
    if (!this.conversations.has(id) || this.expired.has(id)) return json(401, { code: "token_expired", message: "过期" });
    if (pathname === "/api/csat") return json(204, null);
    if (pathname.startsWith("/api/attachments/")) return this.attachment(id, pathname.split("/").pop() ?? "", init.method);
    if (pathname.startsWith("/api/cases/")) return this.reopen(pathname.split("/")[3] ?? "");
    if (init.method === "GET") return json(200, this.history(id, Number(searchParams.get("after"))));
    return this.receive(id, body);
  };

  readonly openSocket: OpenSocket = (auth, listener) => {
    const line = { conversation: () => conversationOf(auth().token), after: () => auth().after, listener, up: false };
    this.lines.add(line);
    const socket: Socket = {
      get isUp() {
        return line.up;
      },
      connect: () => {
        this.drop(line);
        if (this.linesUp) this.raise(line);
      },
      close: () => void this.lines.delete(line),
      send: async (outgoing) => {
        const answer = await this.receive(line.conversation(), outgoing).catch(() => null);
        if (!answer) return { ok: false, fault: { status: 0, code: "unreachable", message: "", retryAfterSeconds: 0, limit: null } };
        const data = await answer.json();
        return answer.ok ? { ok: true, data } : { ok: false, fault: { status: answer.status, retryAfterSeconds: 5, limit: null, ...data } };
      },
    };
    return socket;
  };

  readonly beginUpload: BeginUpload = (file, token, onProgress) => {
    const id = conversationOf(token);
    const upload = new FakeUpload(file, onProgress, (kept) => this.of(id).unsent.set(kept.id, kept));
    this.uploads.push(upload);
    if (!this.reachable) upload.cut();
    else if (this.expired.has(id)) upload.refuse(401, { code: "token_expired" });
    return upload;
  };

  /** Attachments of the newest conversation that nobody has sent on. */
  unsent(): string[] {
    return [...this.of(this.newest).unsent.values()].map(({ name }) => name);
  }

  private attachment(conversation: string, id: string, method?: string): Response {
    const { unsent, messages } = this.of(conversation);
    if (method === "DELETE") return unsent.delete(id) ? json(204, null) : json(404, { code: "not_found" });
    const isKnown = unsent.has(id) || messages.some(({ attachments }) => attachments.some((sent) => sent.id === id));
    return isKnown ? new Response(new Blob([id])) : json(404, { code: "not_found" });
  }

  private reopen(number: string): Response {
    const refusal = this.refusals.shift();
    if (refusal) return json(refusal.status, refusal.body);
    const card = { type: "case" as const, number, state: "open", due_at: null };
    this.say("已重新打开", { author: "system", kind: "notice", code: "case_reopened", card });
    return json(200, { number, state: "open" });
  }

  private open(token?: string) {
    const known = conversationOf(token);
    const id = this.conversations.has(known) && !this.expired.has(known) ? known : `conversation-${this.count + 1}`;
    if (!this.conversations.has(id)) this.conversations.set(id, { messages: [], receipts: new Map(), unsent: new Map(), state: state({ conversation_id: id }) });
    return { conversation_id: id, token: `${id}.${++this.tokens}`, expires_at: "", state: this.stateOf(id) };
  }

  private history(id: string, after: number) {
    const messages = this.of(id).messages.filter(({ seq }) => seq > after);
    return { messages: messages.slice(0, this.pageSize), state: this.stateOf(id) };
  }

  private async receive(id: string, { client_id, text, title, payload, attachments: ids = [] }: Outgoing): Promise<Response> {
    const refusal = this.refusals.shift();
    if (refusal) return json(refusal.status, refusal.body, refusal.headers);
    const { receipts, unsent } = this.of(id);
    if (!receipts.has(client_id)) {
      if (!ids.every((sent) => unsent.has(sent))) return json(422, { code: "attachment_not_yours", message: "附件无法发送" });
      const attachments = ids.flatMap((sent) => unsent.get(sent) ?? []);
      for (const sent of ids) unsent.delete(sent);
      const kind = payload === "/greet" ? "opening" : "text";
      const stored = this.store(id, { author: "user", kind, text: text ?? title ?? "", attachments, client_id });
      receipts.set(client_id, { id: stored.id, seq: stored.seq, client_id, created_at: stored.created_at });
    }
    if (this.losesAnswers) throw new TypeError("answer lost");
    return json(201, receipts.get(client_id));
  }

  private store(id: string, over: Partial<Message>): Message {
    const { messages } = this.of(id);
    const stored = message(messages.length + 1, over);
    messages.push(stored);
    if (!this.losesPushes) this.push(id, (listener) => listener.message(stored));
    return stored;
  }

  private push(id: string, tell: (listener: Listener) => void): void {
    for (const line of this.lines) if (line.up && line.conversation() === id) tell(line.listener);
  }

  private raise(line: { conversation: () => string; after: () => number; listener: Listener; up: boolean }): void {
    const id = line.conversation();
    if (!this.conversations.has(id) || this.expired.has(id)) return line.listener.refused();
    line.up = true;
    line.listener.up();
    line.listener.missed(this.history(id, line.after()));
  }

  private drop(line: { listener: Listener; up: boolean }): void {
    if (!line.up) return;
    line.up = false;
    line.listener.down();
  }

  private of(id: string): Conversation {
    const conversation = this.conversations.get(id);
    if (!conversation) throw new Error(`no conversation ${id}`);
    return conversation;
  }

  private stateOf(id: string): State {
    const { state: known, messages } = this.of(id);
    return { ...known, last_seq: messages.length };
  }
}

const conversationOf = (token = "") => token.split(".")[0] ?? "";

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(body === null ? null : JSON.stringify(body), { status, headers });
}

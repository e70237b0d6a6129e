import { inOrder, type Pending } from "./outbox";

export interface Session {
  conversationId: string;
  token: string;
}

/**
 * What survives a reload, in the browser's storage, one name space per server.
 * Every unsent message has a key of its own, so that two tabs never overwrite each other's.
 */
export class Keep {
  private readonly prefix: string;

  constructor(
    private readonly storage: Storage,
    server: string,
  ) {
    this.prefix = `kefu:${server}:`;
  }

  get session(): Session | null {
    return this.read<Session>("session");
  }

  set session(session: Session | null) {
    this.write("session", session);
  }

  get draft(): string {
    return this.read<string>("draft") ?? "";
  }

  set draft(draft: string) {
    this.write("draft", draft || null);
  }

  get seen(): number {
    return this.read<number>("seen") ?? 0;
  }

  set seen(seq: number) {
    this.write("seen", seq);
  }

  /** Stars given, by case number. */
  get rated(): Record<string, number> {
    return this.read<Record<string, number>>("rated") ?? {};
  }

  set rated(rated: Record<string, number>) {
    this.write("rated", rated);
  }

  outbox(): Pending[] {
    const keys = Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i) ?? "");
    const kept = keys
      .filter((key) => key.startsWith(`${this.prefix}out:`))
      .map((key) => this.read<Pending>(key.slice(this.prefix.length)));
    // Those that an earlier version of the widget kept know nothing of attachments.
    return inOrder(kept.flatMap((pending) => pending ? { ...pending, attachments: pending.attachments ?? [] } : []));
  }

  put(pending: Pending): void {
    this.write(`out:${pending.clientId}`, pending);
  }

  drop({ clientId }: Pending): void {
    this.write(`out:${clientId}`, null);
  }

  /** Whether a storage event concerns us, and what of ours changed in another tab. */
  changed(key: string | null): "session" | "outbox" | "seen" | null {
    if (!key?.startsWith(this.prefix)) return null;
    const name = key.slice(this.prefix.length);
    if (name.startsWith("out:")) return "outbox";
    return name === "session" || name === "seen" ? name : null;
  }

  private read<T>(name: string): T | null {
    try {
      return JSON.parse(this.storage.getItem(this.prefix + name) ?? "null") as T | null;
    } catch {
      return null;
    }
  }

  private write(name: string, value: unknown): void {
    if (value === null) this.storage.removeItem(this.prefix + name);
    else this.storage.setItem(this.prefix + name, JSON.stringify(value));
  }
}

/** The browser's storage, or memory where the user forbids it. */
export function browserStorage(): Storage {
  try {
    localStorage.setItem("kefu:probe", "1");
    localStorage.removeItem("kefu:probe");
    return localStorage;
  } catch {
    return memoryStorage();
  }
}

export function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

/** The bytes of attachments as addresses that a page can draw: fetched when first looked at, let go when out of use. */

export interface Seen {
  url: string | null;
  state: "idle" | "loading" | "here" | "failed";
}

interface Entry extends Seen {
  size: number;
  /** Views that draw it now. */
  watchers: Set<() => void>;
  /** The user's own file that the desk does not have yet: once let go it could not be fetched again. */
  isOurs: boolean;
}

/** So much of what nobody looks at any more is kept, for whoever scrolls back or opens the window again. */
const IDLE_BYTES = 48 * 1024 * 1024;

export class Media {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly fetchBlob: (id: string) => Promise<Blob | null>) {}

  see(id: string): Seen {
    return this.entries.get(id) ?? { url: null, state: "idle" };
  }

  /** Draws it from now on; returns how to stop. */
  watch(id: string, watcher: () => void): () => void {
    const entry = this.entry(id);
    entry.watchers.add(watcher);
    return () => {
      entry.watchers.delete(watcher);
      if (!entry.watchers.size) this.tidy(entry);
    };
  }

  /** Fetches it unless it is here already or on its way. */
  async load(id: string): Promise<void> {
    const entry = this.entry(id);
    if (entry.state === "here" || entry.state === "loading") return;
    tell(entry, { state: "loading" });
    const blob = await this.fetchBlob(id);
    // Let go while it was on its way.
    if (this.entries.get(id) !== entry) return;
    if (blob) this.put(entry, blob);
    else tell(entry, { state: "failed" });
    this.tidy();
  }

  /** A file of the user's own need not come back from the desk. */
  own(key: string, file: Blob): void {
    const entry = this.entry(key);
    entry.isOurs = true;
    this.put(entry, file);
  }

  /** The desk has it now, under a name of its own. */
  rename(key: string, id: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.entries.set(id, Object.assign(entry, { isOurs: false }));
  }

  drop(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    if (entry.url) URL.revokeObjectURL(entry.url);
  }

  clear(): void {
    for (const key of [...this.entries.keys()]) this.drop(key);
  }

  private entry(id: string): Entry {
    const known = this.entries.get(id);
    if (known) return known;
    const entry: Entry = { url: null, state: "idle", size: 0, watchers: new Set(), isOurs: false };
    this.entries.set(id, entry);
    return entry;
  }

  private put(entry: Entry, blob: Blob): void {
    tell(entry, { url: URL.createObjectURL(blob), state: "here" }, blob.size);
  }

  /** Lets the longest unused go, until what is kept for nobody is small enough. */
  private tidy(unused?: Entry): void {
    const idle = [...this.entries].filter(([, { watchers, isOurs }]) => !watchers.size && !isOurs);
    const newest = idle.find(([, entry]) => entry === unused);
    if (newest) {
      this.entries.delete(newest[0]);
      this.entries.set(...newest);
      idle.push(...idle.splice(idle.indexOf(newest), 1));
    }
    let bytes = idle.reduce((sum, [, { size }]) => sum + size, 0);
    for (const [key, { size }] of idle) {
      if (bytes <= IDLE_BYTES) return;
      bytes -= size;
      this.drop(key);
    }
  }
}

function tell(entry: Entry, seen: Partial<Seen>, size = entry.size): void {
  Object.assign(entry, seen, { size });
  for (const watcher of entry.watchers) watcher();
}

import { objection, USUAL_LIMIT } from "../store/files";
import type { Store } from "../store/store";
import * as trays from "../store/tray";
import type { Item, Parcel, Tray } from "../store/tray";
import { type Answer, type Fault, verdict } from "../transport/fault";
import type { Http } from "../transport/http";
import type { BeginUpload, Upload } from "../transport/upload";
import type { Attachment } from "../transport/wire";
import { newId } from "./ids";
import type { Media } from "./media";
import type { SessionKeeper } from "./session";

/** A view need not be drawn anew for every packet. */
const STEP = 0.02;

/** What becomes of a message whose attachments were on their way when it was sent. */
export interface Outcome {
  ship(parcel: Parcel, attachments: Attachment[]): void;
  returned(parcel: Parcel): void;
}

/** Brings chosen files to the desk, and messages that wait for them to the outbox. */
export class Uploads {
  /** By key of the item, and by id of the attachment it became. */
  private readonly files = new Map<string, File>();
  private readonly running = new Map<string, Upload>();
  /** Items that went up again under a new token: a second refusal is final. */
  private readonly renewed = new Set<string>();
  private limit = USUAL_LIMIT;
  private pausedUntil = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly http: Http,
    private readonly begin: BeginUpload,
    private readonly media: Media,
    private readonly store: Store,
    private readonly session: SessionKeeper,
    private readonly outcome: Outcome,
  ) {}

  /** Takes files as far as there is room, and begins at once. */
  add(files: readonly File[]): void {
    if (!files.length) return;
    const taken = files.slice(0, trays.room(this.tray)).map((file) => this.take(file));
    this.put(trays.add(this.tray, taken, files.length - taken.length));
    this.run();
  }

  measured(key: string, width: number, height: number): void {
    if (width && height) this.change(key, { width, height });
  }

  /** Tries those again that were cut off. */
  retry(keys: readonly string[]): void {
    for (const { key, state } of this.tray.items)
      if (state === "broken" && keys.includes(key)) this.change(key, { state: "queued", share: 0, fault: null });
    this.run();
  }

  remove(key: string): void {
    const item = this.tray.items.find((known) => known.key === key);
    if (!item) return;
    this.forget(item);
    this.put(trays.drop(this.tray, key));
    this.run();
  }

  /** Sends what stands above the composer with these words: now, or as soon as all of it has gone up. */
  send(clientId: string, text: string): void {
    this.put(trays.wrap(this.tray, { clientId, text, at: new Date().toISOString() }));
    this.ship();
  }

  /** Throws a waiting message away. */
  discard(clientId: string): void {
    for (const item of trays.partsOf(this.tray, clientId)) this.forget(item);
    this.put(trays.dropParcel(this.tray, clientId));
    this.run();
  }

  /** The desk refused a message: its attachments stand above the composer again; those it does not know go up anew. */
  giveBack(attachments: readonly Attachment[], unknown: boolean): void {
    if (!unknown) return this.put(trays.add(this.tray, attachments.map(trays.readyItem)));
    this.add(attachments.flatMap(({ id }) => this.files.get(id) ?? []));
  }

  /** The desk is told that this one will never be sent. */
  takeBack({ id }: Attachment): void {
    this.files.delete(id);
    void this.http.takeBack(this.session.token ?? "", id);
  }

  /** The desk can be reached again. */
  resume(): void {
    this.retry(this.tray.items.map(({ key }) => key));
  }

  /** Starts what may start. */
  run(): void {
    clearTimeout(this.timer);
    const wait = this.pausedUntil - Date.now();
    if (wait > 0) this.timer = setTimeout(() => this.run(), wait);
    else for (let item = this.next(); item; item = this.next()) void this.bringUp(item);
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const upload of this.running.values()) upload.abort();
    this.running.clear();
  }

  private get tray(): Tray {
    return this.store.model.tray;
  }

  private put(tray: Tray): void {
    this.store.tell({ type: "tray", tray });
  }

  private change(key: string, what: Partial<Item>): void {
    this.put(trays.change(this.tray, key, what));
  }

  private take(file: File): Item {
    const key = newId();
    this.files.set(key, file);
    this.media.own(key, file);
    const fault = objection(file, this.limit);
    return { ...trays.newItem(key, file), ...(fault ? { state: "refused", fault } : {}) };
  }

  private forget({ key, attachment }: Item): void {
    this.running.get(key)?.abort();
    this.running.delete(key);
    this.files.delete(key);
    this.media.drop(attachment?.id ?? key);
    if (attachment) this.takeBack(attachment);
  }

  private next(): Item | null {
    return this.session.token ? trays.nextUp(this.tray) : null;
  }

  private async bringUp({ key }: Item): Promise<void> {
    const file = this.files.get(key);
    const token = this.session.token;
    if (!file || !token) return this.change(key, { state: "broken" });
    this.change(key, { state: "uploading", share: 0 });
    const upload = this.begin(file, token, (share) => this.progress(key, share));
    this.running.set(key, upload);
    const answer = await upload.answer;
    // Removed meanwhile.
    if (this.running.get(key) !== upload) return;
    this.running.delete(key);
    await this.landed(key, file, answer);
    this.run();
  }

  private progress(key: string, share: number): void {
    const item = this.tray.items.find((known) => known.key === key);
    if (item?.state === "uploading" && (share - item.share >= STEP || share === 1)) this.change(key, { share });
  }

  private async landed(key: string, file: File, answer: Answer<Attachment>): Promise<void> {
    if (!answer.ok) return this.failed(key, answer.fault);
    const attachment = answer.data;
    this.files.set(attachment.id, file);
    this.media.rename(key, attachment.id);
    this.change(key, { state: "ready", share: 1, attachment });
    this.ship();
  }

  private async failed(key: string, fault: Fault): Promise<void> {
    switch (verdict(fault)) {
      case "refuse":
        return this.refused(key, fault);
      case "pause":
        this.pausedUntil = Date.now() + fault.retryAfterSeconds * 1000;
        return this.change(key, { state: "queued", share: 0 });
      case "sign_in": {
        const again = !this.renewed.has(key) && (await this.session.open());
        this.renewed.add(key);
        return this.change(key, { state: again ? "queued" : "broken", share: 0 });
      }
      default:
        return this.change(key, { state: "broken" });
    }
  }

  /** A message cannot go without a part of it: it comes back to the composer, where the reason stands. */
  private refused(key: string, fault: Fault): void {
    if (fault.code === "attachment_too_large" && fault.limit) this.limit = fault.limit;
    this.change(key, { state: "refused", fault });
    const clientId = this.tray.items.find((item) => item.key === key)?.parcel;
    const parcel = this.tray.parcels.find((waiting) => waiting.clientId === clientId);
    if (!parcel) return;
    this.put(trays.unwrap(this.tray, parcel.clientId));
    this.outcome.returned(parcel);
  }

  private ship(): void {
    for (const parcel of trays.complete(this.tray)) {
      const attachments = trays.partsOf(this.tray, parcel.clientId).map(trays.asAttachment);
      this.put(trays.dropParcel(this.tray, parcel.clientId));
      this.outcome.ship(parcel, attachments);
    }
  }
}

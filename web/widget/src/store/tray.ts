import type { Fault } from "../transport/fault";
import { canSend, count, LONGEST } from "../text/length";
import type { Attachment, Kind } from "../transport/wire";

/** What the user has chosen to send along, from the choice until the message is in the outbox; all pure. */

export const MOST = 9;
/** So many are on their way at once; the others wait their turn. */
const LANES = 2;

/** broken: cut off, may be tried again; refused: the desk does not take it. */
export type ItemState = "queued" | "uploading" | "ready" | "broken" | "refused";

export interface Item {
  key: string;
  kind: Kind;
  name: string;
  size: number;
  width: number | null;
  height: number | null;
  state: ItemState;
  /** How much of it has gone up, 0 to 1. */
  share: number;
  fault: Pick<Fault, "code" | "message" | "limit"> | null;
  attachment: Attachment | null;
  /** Client id of the message it went with; null while it stands above the composer. */
  parcel: string | null;
}

/** A message that was sent while some of it is still on its way up. */
export interface Parcel {
  clientId: string;
  text: string;
  at: string;
}

export interface Tray {
  items: Item[];
  parcels: Parcel[];
  /** How many of the files chosen last found no room. */
  surplus: number;
}

export const emptyTray: Tray = { items: [], parcels: [], surplus: 0 };

export function newItem(key: string, file: File): Item {
  const kind = file.type.startsWith("image/") ? "image" : file.type.startsWith("video/") ? "video" : "file";
  const { name, size } = file;
  return { key, kind, name, size, width: null, height: null, state: "queued", share: 0, fault: null, attachment: null, parcel: null };
}

/** One that the desk has already, back above the composer. */
export function readyItem(attachment: Attachment): Item {
  const { id, kind, name, size, width, height } = attachment;
  return { key: id, kind, name, size, width, height, state: "ready", share: 1, fault: null, attachment, parcel: null };
}

export function inComposer({ items }: Tray): Item[] {
  return items.filter(({ parcel }) => parcel === null);
}

export function partsOf({ items }: Tray, clientId: string): Item[] {
  return items.filter(({ parcel }) => parcel === clientId);
}

export function room(tray: Tray): number {
  return Math.max(0, MOST - inComposer(tray).length);
}

export function add(tray: Tray, items: Item[], surplus = 0): Tray {
  return { ...tray, items: [...tray.items, ...items], surplus };
}

export function change(tray: Tray, key: string, what: Partial<Item>): Tray {
  return { ...tray, items: tray.items.map((item) => (item.key === key ? { ...item, ...what } : item)) };
}

export function drop(tray: Tray, key: string): Tray {
  return { ...tray, items: tray.items.filter((item) => item.key !== key), surplus: 0 };
}

/** The next one to go up, if a lane is free. */
export function nextUp({ items }: Tray): Item | null {
  if (items.filter(({ state }) => state === "uploading").length >= LANES) return null;
  return items.find(({ state }) => state === "queued") ?? null;
}

/** The user has sent: all that stands above the composer leaves it with the words. */
export function wrap(tray: Tray, parcel: Parcel): Tray {
  const items = tray.items.map((item) => (item.parcel === null ? { ...item, parcel: parcel.clientId } : item));
  return { items, parcels: [...tray.parcels, parcel], surplus: 0 };
}

/** The parcel goes back above the composer. */
export function unwrap(tray: Tray, clientId: string): Tray {
  const items = tray.items.map((item) => (item.parcel === clientId ? { ...item, parcel: null } : item));
  return { ...tray, items, parcels: without(tray.parcels, clientId) };
}

/** The parcel is gone: sent, or thrown away. */
export function dropParcel(tray: Tray, clientId: string): Tray {
  return { ...tray, items: tray.items.filter(({ parcel }) => parcel !== clientId), parcels: without(tray.parcels, clientId) };
}

/** Parcels of which nothing is on its way any more. */
export function complete(tray: Tray): Parcel[] {
  return tray.parcels.filter(({ clientId }) => partsOf(tray, clientId).every(({ state }) => state === "ready"));
}

/** Whether what stands above the composer may go: all but what failed, which is for the user to settle. */
export function standing(tray: Tray): "empty" | "blocked" | "open" {
  const items = inComposer(tray);
  if (!items.length) return "empty";
  const stuck = items.some(({ state }) => state === "broken" || state === "refused");
  return stuck || items.length > MOST ? "blocked" : "open";
}

export function maySend(draft: string, tray: Tray): boolean {
  const stands = standing(tray);
  if (stands === "empty") return canSend(draft);
  return stands === "open" && count(draft.trim()) <= LONGEST;
}

/** The item as the desk will describe it, until the desk's own description comes. */
export function asAttachment({ key, kind, name, size, width, height, attachment }: Item): Attachment {
  return attachment ?? { id: key, kind, name, content_type: "", size, width, height };
}

function without(parcels: Parcel[], clientId: string): Parcel[] {
  return parcels.filter((parcel) => parcel.clientId !== clientId);
}

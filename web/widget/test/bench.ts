import { afterEach, beforeEach, vi } from "vitest";
import { Chat } from "../src/chat/chat";
import type { Lock } from "../src/chat/lock";
import { Keep, memoryStorage } from "../src/store/keep";
import { timeline } from "../src/store/timeline";
import { Http } from "../src/transport/http";
import { FakeDesk } from "./fake-desk";

/** A browser with tabs, a desk and a clock of its own, fresh for every test of the importing file. */

export const SERVER = "https://desk.example";
export let desk: FakeDesk;
let storage: Storage;
let lock: Lock;
let tabs: Chat[];

/** One page with the widget; several share storage and locks, as tabs do. */
export function openTab(): Chat {
  const keep = new Keep(storage, SERVER);
  const http = new Http(SERVER, "zh", desk.fetch);
  const chat = new Chat({ http, openSocket: desk.openSocket, beginUpload: desk.beginUpload, keep, lock, visitor: { locale: "zh", identity: null } });
  tabs.push(chat);
  return chat;
}

function oneAtATime(): Lock {
  const lines = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const turn = (lines.get(name) ?? Promise.resolve()).then(task, task);
    lines.set(name, turn.catch(() => undefined));
    return turn;
  };
}

export const pass = (ms = 50) => vi.advanceTimersByTimeAsync(ms);
export const bubbles = (chat: Chat) => timeline(chat.store.model).flatMap((row) => (row.row === "bubble" ? row : []));
export const seen = (chat: Chat) => bubbles(chat).map(({ message }) => message.text);
export const marks = (chat: Chat) => bubbles(chat).flatMap(({ delivery }) => delivery ?? []);

export async function shownTab(): Promise<Chat> {
  const chat = openTab();
  chat.show(true);
  await pass();
  return chat;
}

beforeEach(() => {
  vi.useFakeTimers();
  desk = new FakeDesk();
  storage = memoryStorage();
  lock = oneAtATime();
  tabs = [];
});

afterEach(() => {
  for (const tab of tabs) tab.stop();
  vi.useRealTimers();
});

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Chat } from "../src/chat/chat";
import type { Lock } from "../src/chat/lock";
import { Keep, memoryStorage } from "../src/store/keep";
import { timeline } from "../src/store/timeline";
import { Http } from "../src/transport/http";
import { FakeDesk } from "./fake-desk";

const SERVER = "https://desk.example";
let desk: FakeDesk;
let storage: Storage;
let lock: Lock;
let tabs: Chat[];

/** One page with the widget; several share storage and locks, as tabs do. */
function openTab(): Chat {
  const keep = new Keep(storage, SERVER);
  const http = new Http(SERVER, "zh", desk.fetch);
  const chat = new Chat({ http, openSocket: desk.openSocket, keep, lock, visitor: { locale: "zh", identity: null } });
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

const pass = (ms = 50) => vi.advanceTimersByTimeAsync(ms);
const seen = (chat: Chat) => timeline(chat.store.model).flatMap((row) => (row.row === "bubble" ? row.message.text : []));
const marks = (chat: Chat) => timeline(chat.store.model).flatMap((row) => (row.row === "bubble" && row.delivery ? row.delivery : []));

async function shownTab(): Promise<Chat> {
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

describe("opening", () => {
  test("a visitor who never opened the window starts no conversation", async () => {
    openTab().start();
    await pass();
    expect(desk.requests).toEqual([]);
  });

  test("an empty conversation is greeted once, also from two tabs and after a reload", async () => {
    openTab().show(true);
    openTab().show(true);
    await pass();
    await shownTab();
    expect(desk.count).toBe(1);
    expect(desk.texts()).toEqual(["(opening)"]);
  });

  test("a window that stays closed greets nobody", async () => {
    const chat = await shownTab();
    expect(desk.texts()).toHaveLength(1);
    chat.stop();
    desk.expireTokens();
    openTab().start();
    await pass();
    expect(desk.count).toBe(2);
    expect(desk.texts()).toEqual([]);
  });

  test("a reload brings the whole conversation back", async () => {
    const chat = await shownTab();
    chat.say("你好");
    await pass();
    desk.say("您好");
    chat.stop();
    const again = await shownTab();
    expect(seen(again)).toEqual(["你好", "您好"]);
    expect(again.store.model.renewed).toBe(false);
  });
});

describe("sending", () => {
  test("messages arrive in order and are marked as stored", async () => {
    const chat = await shownTab();
    for (const text of ["一", "二", "三"]) chat.say(text);
    expect(marks(chat)).toEqual(["sending", "sending", "sending"]);
    await pass();
    expect(desk.texts()).toEqual(["(opening)", "一", "二", "三"]);
    expect(marks(chat)).toEqual(["stored", "stored", "stored"]);
  });

  test("blank text is nothing to send", async () => {
    const chat = await shownTab();
    chat.say(" \n ");
    expect(chat.store.model.outbox).toEqual([]);
  });

  test("the live line carries messages, no second request is made", async () => {
    const chat = await shownTab();
    chat.say("你好");
    await pass();
    expect(desk.texts()).toContain("你好");
    expect(desk.requests).not.toContain("POST /api/messages");
  });

  test("without the live line messages go over HTTP", async () => {
    desk.linesUp = false;
    const chat = await shownTab();
    chat.say("你好");
    await pass();
    expect(desk.texts()).toContain("你好");
    expect(desk.requests).toContain("POST /api/messages");
  });

  test("a message whose receipt was lost is sent again and stands once", async () => {
    const chat = await shownTab();
    desk.losesAnswers = true;
    chat.say("你好");
    chat.say("在吗");
    await pass(3_000);
    desk.losesAnswers = false;
    await pass(10_000);
    expect(desk.texts()).toEqual(["(opening)", "你好", "在吗"]);
    expect(seen(chat)).toEqual(["你好", "在吗"]);
  });

  test("what was written offline survives a reload and is sent later, in order", async () => {
    const chat = await shownTab();
    desk.reachable = false;
    desk.linesUp = false;
    desk.dropLines();
    chat.say("一");
    chat.say("二");
    chat.write("没写完");
    await pass(5_000);
    expect(chat.store.model.link).toBe("offline");
    expect(marks(chat)).toEqual(["waiting", "waiting"]);
    chat.stop();

    const again = await shownTab();
    expect(seen(again)).toEqual(["一", "二"]);
    expect(again.store.model.draft).toBe("没写完");
    desk.reachable = true;
    await pass(10_000);
    expect(desk.texts()).toEqual(["(opening)", "一", "二"]);
  });

  test("while a proxy says that the desk is away nothing counts as failed", async () => {
    const chat = await shownTab();
    desk.refusals = Array.from({ length: 8 }, () => ({ status: 503, body: {} }));
    chat.say("你好");
    await pass(60_000);
    expect(marks(chat)).toEqual(["stored"]);
  });

  test("a desk that keeps stumbling leaves it to the user", async () => {
    const chat = await shownTab();
    desk.refusals = Array.from({ length: 3 }, () => ({ status: 500, body: { code: "internal_error" } }));
    chat.say("一");
    chat.say("二");
    await pass(10_000);
    expect(marks(chat)).toEqual(["failed", "waiting"]);
    expect(desk.texts()).toEqual(["(opening)"]);
    chat.retry();
    await pass();
    expect(desk.texts()).toEqual(["(opening)", "一", "二"]);
  });

  test("a failed message can be let go, those behind it follow", async () => {
    const chat = await shownTab();
    desk.refusals = Array.from({ length: 3 }, () => ({ status: 500, body: { code: "internal_error" } }));
    chat.say("一");
    chat.say("二");
    await pass(10_000);
    chat.discard(chat.store.model.outbox[0]!.clientId);
    await pass();
    expect(desk.texts()).toEqual(["(opening)", "二"]);
  });

  test("too many messages: the widget waits as long as told, says so and goes on", async () => {
    desk.linesUp = false;
    const chat = await shownTab();
    desk.refusals = [{ status: 429, body: { code: "too_many_messages" }, headers: { "Retry-After": "30" } }];
    chat.say("一");
    await pass();
    expect(chat.store.model.pausedUntil).toBe(Date.now() + 30_000 - 50);
    chat.say("二");
    await pass(28_000);
    expect(desk.texts()).toEqual(["(opening)"]);
    await pass(3_000);
    expect(desk.texts()).toEqual(["(opening)", "一", "二"]);
    expect(chat.store.model.pausedUntil).toBeNull();
  });

  test("refused words return to the composer and the next message goes on", async () => {
    const chat = await shownTab();
    desk.refusals = [{ status: 422, body: { code: "text_too_long", message: "消息太长了" } }];
    chat.say("很长");
    chat.say("二");
    await pass();
    expect(chat.store.model).toMatchObject({ draft: "很长", complaint: "消息太长了", outbox: [] });
    expect(desk.texts()).toEqual(["(opening)", "二"]);
  });
});

describe("receiving", () => {
  test("a lost push is fetched when a later one shows the gap", async () => {
    const chat = await shownTab();
    desk.losesPushes = true;
    desk.say("一");
    desk.losesPushes = false;
    desk.say("二");
    await pass(1_000);
    expect(seen(chat)).toEqual(["一", "二"]);
  });

  test("a lost push is fetched when the state tells of it", async () => {
    const chat = await shownTab();
    desk.losesPushes = true;
    desk.say("一");
    desk.change({ bot_busy: false });
    await pass(1_000);
    expect(seen(chat)).toEqual(["一"]);
  });

  test("while the line is down the widget asks, and stops asking when it is up", async () => {
    const chat = await shownTab();
    desk.linesUp = false;
    desk.dropLines();
    await pass();
    expect(chat.store.model.link).toBe("polling");
    desk.say("一");
    await pass(5_000);
    expect(seen(chat)).toEqual(["一"]);
    desk.raiseLines();
    expect(chat.store.model.link).toBe("live");
    await pass();
    const asked = desk.requests.length;
    await pass(60_000);
    expect(desk.requests).toHaveLength(asked);
  });

  test("a long history is fetched page by page", async () => {
    const chat = await shownTab();
    for (let i = 0; i < 25; i++) desk.say(`${i}`);
    chat.stop();
    desk.pageSize = 10;
    desk.linesUp = false;
    expect(seen(await shownTab())).toHaveLength(25);
  });

  test("what came while the window was closed is counted until it is opened", async () => {
    const chat = await shownTab();
    chat.read();
    chat.show(false);
    desk.say("一");
    desk.say("二", { author: "agent" });
    await pass();
    expect(chat.unread).toBe(2);
    chat.read();
    expect(chat.unread).toBe(0);
    chat.stop();
    expect((await shownTab()).unread).toBe(0);
  });
});

describe("the session", () => {
  test("an expired conversation is replaced, the user is told and their words are sent there", async () => {
    const chat = await shownTab();
    desk.expireTokens();
    chat.say("还在吗");
    await pass(10_000);
    expect(desk.count).toBe(2);
    expect(desk.texts()).toContain("还在吗");
    expect(chat.store.model.renewed).toBe(true);
    expect(seen(chat)).toEqual(["还在吗"]);
  });

  test("a desk that refuses the old token outright is asked for a new conversation", async () => {
    const chat = await shownTab();
    desk.refusesOldTokens = true;
    desk.expireTokens();
    await pass(10_000);
    expect(desk.count).toBe(2);
    expect(chat.store.model.renewed).toBe(true);
  });

  test("a rating is given once and remembered after a reload", async () => {
    const chat = await shownTab();
    expect(await chat.rate("KF1", 4, "")).toBeNull();
    chat.stop();
    expect((await shownTab()).store.model.rated).toEqual({ KF1: 4 });
  });

  test("a button of the expired conversation is not pressed in the new one", async () => {
    const chat = await shownTab();
    desk.expireTokens();
    chat.press({ title: "是", payload: "/affirm" });
    await pass(10_000);
    expect(desk.texts()).toEqual(["(opening)"]);
  });

  test("a desk that turns away its own tokens is not flooded", async () => {
    const chat = await shownTab();
    desk.refusals = Array.from({ length: 1000 }, () => ({ status: 401, body: { code: "token_invalid" } }));
    chat.say("你好");
    const before = desk.requests.length;
    await pass(30_000);
    expect(desk.requests.length - before).toBeLessThan(20);
  });
});

describe("two tabs", () => {
  test("both show what either sends and receives", async () => {
    const [one, two] = [await shownTab(), await shownTab()];
    one.say("一");
    two.say("二");
    await pass();
    desk.say("收到");
    await pass();
    expect(desk.texts()).toEqual(["(opening)", "一", "二", "收到"]);
    expect(seen(one)).toEqual(["一", "二", "收到"]);
    expect(seen(two)).toEqual(seen(one));
  });

  test("one follows when the other starts a new conversation", async () => {
    const [one, two] = [await shownTab(), await shownTab()];
    desk.expireTokens();
    one.wake();
    await pass(1_000);
    two.sharedChange(`kefu:${SERVER}:session`);
    await pass(10_000);
    expect(desk.count).toBe(2);
    expect(two.store.model.conversationId).toBe(one.store.model.conversationId);
  });
});

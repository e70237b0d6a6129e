import { describe, expect, test } from "vitest";
import type { Chat } from "../src/chat/chat";
import { isBeingWorkedOn } from "../src/store/messages";
import { timeline } from "../src/store/timeline";
import { desk, openTab, pass, seen, SERVER, shownTab } from "./bench";
import { message } from "./samples";

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

describe("what is new", () => {
  const fresh = (chat: Chat) => timeline(chat.store.model).findIndex(({ row }) => row === "fresh");

  test("is counted before the window is opened, and marked when it is", async () => {
    const chat = await shownTab();
    desk.say("一");
    await pass();
    chat.read();
    chat.stop();
    desk.say("二", { author: "agent" });
    desk.say("三", { author: "system", kind: "notice" });
    const again = openTab();
    again.start();
    await pass();
    expect(again.unread).toBe(2);
    desk.say("四");
    expect(again.unread).toBe(3);
    again.show(true);
    again.read();
    expect(again.unread).toBe(0);
    expect(timeline(again.store.model)[fresh(again) + 1]).toMatchObject({ message: { text: "二" } });
    again.show(false);
    expect(fresh(again)).toBe(-1);
  });

  test("is not marked for who looks on, nor for who sees the conversation for the first time", async () => {
    const chat = await shownTab();
    desk.say("您好");
    await pass();
    chat.read();
    desk.say("一");
    chat.read();
    expect(fresh(chat)).toBe(-1);
  });

  test("is marked for who comes back to the page", async () => {
    const chat = await shownTab();
    desk.say("您好");
    chat.read();
    chat.lookAway();
    desk.say("一");
    chat.read();
    expect(fresh(chat)).toBeGreaterThan(0);
  });

  test("one's own words are not new", async () => {
    const chat = await shownTab();
    desk.say("您好");
    chat.read();
    chat.lookAway();
    chat.say("在吗");
    await pass();
    chat.read();
    expect(fresh(chat)).toBe(-1);
  });
});

describe("a case", () => {
  test("can be opened again, and the conversation tells so", async () => {
    const chat = await shownTab();
    expect(await chat.reopen("KF1")).toBeNull();
    await pass();
    expect(desk.requests).toContain("POST /api/cases/KF1/reopen");
    expect(isBeingWorkedOn(chat.store.model.messages, "KF1", undefined)).toBe(true);
    expect(isBeingWorkedOn(chat.store.model.messages, "KF2", undefined)).toBe(false);
  });

  test("that the desk will not open again says why", async () => {
    const chat = await shownTab();
    desk.refusals = [{ status: 404, body: { code: "not_found", message: "没有找到" } }];
    expect(await chat.reopen("KF9")).toBe("没有找到");
    expect(chat.store.model.reopened).toEqual({});
  });

  test("counts as open from the answer on, until the conversation says that it is settled again", () => {
    const told = (seq: number, state: string) => message(seq, { card: { type: "case", number: "KF1", state, due_at: null } });
    expect(isBeingWorkedOn([told(1, "resolved")], "KF1", undefined)).toBe(false);
    expect(isBeingWorkedOn([told(1, "resolved")], "KF1", 1)).toBe(true);
    expect(isBeingWorkedOn([told(1, "resolved"), told(2, "open")], "KF1", 1)).toBe(true);
    expect(isBeingWorkedOn([told(1, "resolved"), told(2, "open"), told(3, "resolved")], "KF1", 1)).toBe(false);
  });
});

test("words in the user's name leave alone what is being written", async () => {
  const chat = await shownTab();
  chat.write("没写完");
  chat.say("转人工");
  await pass();
  expect(chat.store.model.draft).toBe("没写完");
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

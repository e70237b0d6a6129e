import { expect, test } from "vitest";
import { desk, marks, pass, seen, shownTab } from "./bench";

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

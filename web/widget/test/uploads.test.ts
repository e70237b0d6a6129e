import { describe, expect, test } from "vitest";
import type { Chat } from "../src/chat/chat";
import { inComposer } from "../src/store/tray";
import { bubbles, desk, marks, openTab, pass, seen, shownTab } from "./bench";
import { file } from "./samples";

const states = (chat: Chat) => inComposer(chat.store.model.tray).map(({ state }) => state);
const keys = (chat: Chat) => chat.store.model.tray.items.map(({ key }) => key);
const names = (chat: Chat) => bubbles(chat).map(({ message }) => message.attachments.map(({ name }) => name));

async function choosing(...files: File[]): Promise<Chat> {
  const chat = await shownTab();
  chat.uploads.add(files);
  await pass();
  return chat;
}

describe("choosing", () => {
  test("uploading begins at once and tells how far it is", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.progress(0.5);
    expect(chat.store.model.tray.items[0]).toMatchObject({ name: "a.png", state: "uploading", share: 0.5 });
    desk.uploads[0]!.finish();
    await pass();
    expect(states(chat)).toEqual(["ready"]);
    expect(desk.unsent()).toEqual(["a.png"]);
  });

  test("two go up at once, the third when one is done", async () => {
    const chat = await choosing(file("a.png"), file("b.png"), file("c.png"));
    expect(desk.uploads.map(({ file }) => file.name)).toEqual(["a.png", "b.png"]);
    desk.uploads[1]!.finish();
    await pass();
    expect(desk.uploads.map(({ file }) => file.name)).toEqual(["a.png", "b.png", "c.png"]);
    expect(states(chat)).toEqual(["uploading", "ready", "uploading"]);
  });

  test("there is room for nine, and the user hears of the rest", async () => {
    const chat = await choosing(...Array.from({ length: 11 }, (_, i) => file(`${i}.png`)));
    expect(states(chat)).toHaveLength(9);
    expect(chat.store.model.tray.surplus).toBe(2);
    chat.uploads.remove(keys(chat)[0]!);
    expect(chat.store.model.tray.surplus).toBe(0);
  });

  test("before there is a session files wait, then go up", async () => {
    const chat = openTab();
    desk.reachable = false;
    chat.show(true);
    chat.uploads.add([file("a.png")]);
    await pass();
    expect(states(chat)).toEqual(["queued"]);
    desk.reachable = true;
    await pass(10_000);
    expect(states(chat)).toEqual(["uploading"]);
  });

  test("what is chosen outlives a closed window", async () => {
    const chat = await choosing(file("a.png"));
    chat.show(false);
    desk.uploads[0]!.finish();
    await pass();
    chat.show(true);
    expect(states(chat)).toEqual(["ready"]);
  });
});

describe("removing", () => {
  test("one on its way is broken off", async () => {
    const chat = await choosing(file("a.png"), file("b.png"), file("c.png"));
    chat.uploads.remove(keys(chat)[0]!);
    await pass();
    expect(desk.uploads[0]!.isAborted).toBe(true);
    expect(states(chat)).toEqual(["uploading", "uploading"]);
  });

  test("one that is up is taken back", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.finish();
    await pass();
    chat.uploads.remove(keys(chat)[0]!);
    await pass();
    expect(desk.unsent()).toEqual([]);
    expect(states(chat)).toEqual([]);
  });
});

describe("when it does not go up", () => {
  test("what was cut off can be tried again", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.cut();
    await pass();
    expect(states(chat)).toEqual(["broken"]);
    chat.uploads.retry(keys(chat));
    desk.uploads[1]!.finish();
    await pass();
    expect(states(chat)).toEqual(["ready"]);
  });

  test("a refusal says why, and is not tried again", async () => {
    const chat = await choosing(file("a.heic", "image/heic"));
    desk.uploads[0]!.refuse(415, { code: "attachment_type_unknown", message: "暂不支持这种格式" });
    await pass();
    expect(chat.store.model.tray.items[0]).toMatchObject({ state: "refused", fault: { message: "暂不支持这种格式" } });
    chat.uploads.resume();
    expect(desk.uploads).toHaveLength(1);
  });

  test("what the desk would not take is not sent up; its own limit replaces the usual one", async () => {
    const chat = await choosing(file("a.zip", "application/zip"), file("empty.png", "image/png", 0), file("b.png"));
    expect(states(chat)).toEqual(["refused", "refused", "uploading"]);
    desk.uploads[0]!.refuse(413, { code: "attachment_too_large", message: "太大了", details: { limit: 50 } });
    await pass();
    chat.uploads.add([file("c.png")]);
    expect(chat.store.model.tray.items[3]).toMatchObject({ state: "refused", fault: { code: "attachment_too_large", limit: 50 } });
    expect(desk.uploads).toHaveLength(1);
  });

  test("too many uploads: it goes on by itself when told to", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.refuse(429, { code: "too_many_uploads", details: { retry_after: 20 } });
    await pass(19_000);
    expect(states(chat)).toEqual(["queued"]);
    await pass(2_000);
    expect(states(chat)).toEqual(["uploading"]);
  });

  test("a token that is no longer good is renewed once, not for ever", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.refuse(401, { code: "token_expired" });
    await pass();
    desk.uploads[1]!.refuse(401, { code: "token_expired" });
    await pass();
    expect(states(chat)).toEqual(["broken"]);
    expect(desk.uploads).toHaveLength(2);
  });

  test("what broke off without a network goes up by itself when it is back", async () => {
    const chat = await choosing(file("a.png"));
    desk.reachable = desk.linesUp = false;
    desk.dropLines();
    desk.uploads[0]!.cut();
    await pass(5_000);
    expect(states(chat)).toEqual(["broken"]);
    desk.reachable = true;
    await pass(10_000);
    expect(states(chat)).toEqual(["uploading"]);
  });
});

describe("sending", () => {
  test("words and attachments go as one message", async () => {
    const chat = await choosing(file("a.png"), file("b.png"));
    for (const upload of desk.uploads) upload.finish();
    await pass();
    chat.write("请看");
    chat.send();
    await pass();
    expect(desk.texts()).toEqual(["(opening)", "请看"]);
    expect(names(chat)).toEqual([["a.png", "b.png"]]);
    expect(marks(chat)).toEqual(["stored"]);
    expect(chat.store.model).toMatchObject({ draft: "", tray: { items: [], parcels: [] } });
  });

  test("what is still on its way is waited for, in its place among the messages; others overtake it", async () => {
    const chat = await choosing(file("a.mp4", "video/mp4"));
    chat.write("看视频");
    chat.send();
    expect(marks(chat)).toEqual(["uploading"]);
    expect(states(chat)).toEqual([]);
    chat.say("在吗");
    await pass();
    expect(desk.texts()).toEqual(["(opening)", "在吗"]);
    desk.uploads[0]!.finish();
    await pass();
    expect(desk.texts()).toEqual(["(opening)", "在吗", "看视频"]);
    expect(marks(chat)).toEqual(["stored", "stored"]);
  });

  test("nothing is sent while something in the tray failed", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.cut();
    await pass();
    chat.write("请看");
    chat.send();
    await pass();
    expect(desk.texts()).toEqual(["(opening)"]);
    expect(chat.store.model.draft).toBe("请看");
  });

  test("a sent message whose upload broke off offers to go on, or to be let go", async () => {
    const chat = await choosing(file("a.png"), file("b.png"));
    chat.send();
    desk.uploads[0]!.finish();
    desk.uploads[1]!.cut();
    await pass();
    expect(marks(chat)).toEqual(["broken"]);
    chat.uploads.retry(keys(chat));
    expect(marks(chat)).toEqual(["uploading"]);
    chat.discard(bubbles(chat)[0]!.key);
    await pass();
    expect(seen(chat)).toEqual([]);
    expect(desk.uploads[2]!.isAborted).toBe(true);
    expect(desk.unsent()).toEqual([]);
  });

  test("a sent message of which a part is refused comes back to the composer whole", async () => {
    const chat = await choosing(file("a.png"), file("b.png"));
    chat.write("请看");
    chat.send();
    chat.write("还有");
    desk.uploads[0]!.finish();
    desk.uploads[1]!.refuse(422, { code: "attachment_broken", message: "文件打不开" });
    await pass();
    expect(states(chat)).toEqual(["ready", "refused"]);
    expect(chat.store.model.draft).toBe("请看\n还有");
    expect(seen(chat)).toEqual([]);
  });

  test("its words survive a reload, though its files do not", async () => {
    const chat = await choosing(file("a.mp4", "video/mp4"));
    chat.write("看视频");
    chat.send();
    chat.write("没写完");
    chat.stop();
    expect((await shownTab()).store.model.draft).toBe("看视频\n没写完");
  });

  test("a message whose receipt was lost is sent again and stands once", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.finish();
    await pass();
    desk.losesAnswers = true;
    chat.send();
    await pass(3_000);
    desk.losesAnswers = false;
    await pass(10_000);
    expect(desk.texts()).toEqual(["(opening)", ""]);
    expect(names(chat)).toEqual([["a.png"]]);
  });

  test("sent offline it waits through a reload and goes out later", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.finish();
    await pass();
    desk.reachable = desk.linesUp = false;
    desk.dropLines();
    chat.send();
    await pass(5_000);
    chat.stop();
    const again = await shownTab();
    expect(names(again)).toEqual([["a.png"]]);
    desk.reachable = true;
    await pass(10_000);
    expect(marks(again)).toEqual(["stored"]);
    expect(desk.unsent()).toEqual([]);
  });

  test("refused words come back with their attachments, which need not go up again", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.finish();
    await pass();
    desk.refusals = [{ status: 422, body: { code: "text_too_long", message: "消息太长了" } }];
    chat.write("很长");
    chat.send();
    await pass();
    expect(chat.store.model).toMatchObject({ draft: "很长", complaint: "消息太长了" });
    expect(states(chat)).toEqual(["ready"]);
    chat.send();
    await pass();
    expect(names(chat)).toEqual([["a.png"]]);
    expect(desk.uploads).toHaveLength(1);
  });

  test("in a new conversation attachments of the old one go up again", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.finish();
    await pass();
    desk.expireTokens();
    chat.write("请看");
    chat.send();
    await pass(10_000);
    expect(desk.count).toBe(2);
    expect(states(chat)).toEqual(["uploading"]);
    expect(chat.store.model.draft).toBe("请看");
    desk.uploads[1]!.finish();
    await pass();
    chat.send();
    await pass();
    expect(names(chat)).toEqual([["a.png"]]);
  });

  test("a failed message that is let go takes its attachments back", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.finish();
    await pass();
    desk.refusals = Array.from({ length: 3 }, () => ({ status: 500, body: { code: "internal_error" } }));
    chat.send();
    await pass(10_000);
    expect(marks(chat)).toEqual(["failed"]);
    chat.discard(bubbles(chat)[0]!.key);
    await pass();
    expect(desk.unsent()).toEqual([]);
  });
});

describe("looking", () => {
  test("attachments are fetched with the token, which is renewed when it is no longer good", async () => {
    const chat = await choosing(file("a.png"));
    desk.uploads[0]!.finish();
    await pass();
    chat.send();
    await pass();
    chat.stop();
    const again = await shownTab();
    const id = bubbles(again)[0]!.message.attachments[0]!.id;
    await again.media.load(id);
    expect(again.media.see(id).state).toBe("here");
    expect(desk.requests).toContain(`GET /api/attachments/${id}`);
    await again.media.load("f_of_others");
    expect(again.media.see("f_of_others").state).toBe("failed");
  });
});

import { describe, expect, test } from "vitest";
import { emptyModel, type Model } from "../src/store/model";
import { timeline } from "../src/store/timeline";
import { newItem } from "../src/store/tray";
import { file, message, pending, state } from "./samples";

const model = (over: Partial<Model>): Model => ({ ...emptyModel, link: "live", ...over });
const bubbles = (over: Partial<Model>) => timeline(model(over)).flatMap((row) => (row.row === "bubble" ? row : []));
const kinds = (over: Partial<Model>) => timeline(model(over)).map(({ row }) => row);
const at = (minutes: number, day = 24) => new Date(2026, 10, day, 10, minutes).toISOString();

describe("rows", () => {
  test("a time stands at the start, after a pause and on a new day", () => {
    const messages = [message(1, { created_at: at(0) }), message(2, { created_at: at(5) }), message(3, { created_at: at(15) })];
    expect(kinds({ messages })).toEqual(["time", "bubble", "bubble", "time", "bubble"]);
    const midnight = [
      message(1, { created_at: new Date(2026, 10, 24, 23, 59).toISOString() }),
      message(2, { created_at: new Date(2026, 10, 25, 0, 1).toISOString() }),
    ];
    expect(kinds({ messages: midnight })).toEqual(["time", "bubble", "time", "bubble"]);
  });

  test("messages of one author shortly after each other form a run", () => {
    const messages = [
      message(1, { created_at: at(0) }),
      message(2, { created_at: at(1) }),
      message(3, { created_at: at(1), author: "user" }),
      message(4, { created_at: at(1), author: "agent", agent_name: "小林" }),
      message(5, { created_at: at(1), author: "agent", agent_name: "小周" }),
      message(6, { created_at: at(5), author: "agent", agent_name: "小周" }),
    ];
    expect(bubbles({ messages }).map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  test("an opening is not drawn, a notice is a line of its own", () => {
    const messages = [message(1, { author: "user", kind: "opening" }), message(2, { author: "system", kind: "notice" })];
    expect(kinds({ messages })).toEqual(["time", "notice"]);
  });

  test("an unsent message stands at the end and keeps its row when it is stored", () => {
    const before = bubbles({ messages: [message(1)], outbox: [pending(1)] });
    expect(before.map(({ delivery }) => delivery)).toEqual([null, "sending"]);
    const after = bubbles({ messages: [message(1), message(2, { author: "user", client_id: "c1" })], outbox: [pending(1)] });
    expect(after.map(({ delivery }) => delivery)).toEqual([null, "stored"]);
    expect(after[1]?.key).toBe(before[1]?.key);
  });

  test("behind a failed message and without a network others wait", () => {
    expect(bubbles({ outbox: [pending(1, { failed: true }), pending(2)] }).map(({ delivery }) => delivery)).toEqual(["failed", "waiting"]);
    expect(bubbles({ outbox: [pending(1)], link: "offline" })[0]?.delivery).toBe("waiting");
  });

  test("a rating that the desk asks for without a card gets one, once", () => {
    const asked = state({ csat: { case_number: "KF1" } });
    expect(bubbles({ messages: [message(1)], state: asked })[1]?.message.card).toEqual({ type: "csat", case_number: "KF1" });
    const card = message(1, { kind: "card", card: { type: "csat", case_number: "KF1" } });
    expect(bubbles({ messages: [card], state: asked })).toHaveLength(1);
  });

  test("what is new has a line above it, and begins a run of its own", () => {
    const messages = [message(1), message(2), message(3)];
    expect(kinds({ messages, fresh: 2 })).toEqual(["time", "bubble", "fresh", "bubble", "bubble"]);
    expect(bubbles({ messages, fresh: 2 }).map(({ first, last }) => [first, last])).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
  });

  test("a message whose attachments go up stands last, with how far they are", () => {
    const parcel = { clientId: "p", text: "看这个", at: message(1).created_at };
    const items = [{ ...newItem("k", file("a.png")), parcel: "p", state: "uploading" as const, share: 0.5 }, newItem("other", file("b.png"))];
    const tray = { items, parcels: [parcel], surplus: 0 };
    const [, last] = bubbles({ messages: [message(1)], tray });
    expect(last).toMatchObject({ key: "p", delivery: "uploading", parts: [{ key: "k", share: 0.5 }] });
    expect(last?.message).toMatchObject({ text: "看这个", attachments: [{ id: "k", name: "a.png" }] });
  });

  test("a broken upload is the user's to settle, except without a network", () => {
    const parcel = { clientId: "p", text: "", at: message(1).created_at };
    const tray = { items: [{ ...newItem("k", file("a.png")), parcel: "p", state: "broken" as const }], parcels: [parcel], surplus: 0 };
    expect(bubbles({ tray })[0]?.delivery).toBe("broken");
    expect(bubbles({ tray, link: "offline" })[0]?.delivery).toBe("waiting");
  });
});

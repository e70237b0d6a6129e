import { expect, test } from "vitest";
import { Keep, memoryStorage } from "../src/store/keep";
import { carriesOver, head, inOrder, nextOrder, toOutgoing } from "../src/store/outbox";
import { attachment, pending } from "./samples";

test("the oldest message is sent first", () => {
  expect(head([pending(2), pending(1), pending(3)])?.clientId).toBe("c1");
});

test("two tabs with the same place agree on the order", () => {
  const [a, b] = [pending(1, { clientId: "a" }), pending(1, { clientId: "b" })];
  expect(inOrder([b, a])).toEqual(inOrder([a, b]));
});

test("a failed message holds back those after it", () => {
  expect(head([pending(1, { failed: true }), pending(2)])).toBeNull();
});

test("a new message stands at the end", () => {
  expect(nextOrder([])).toBe(1);
  expect(nextOrder([pending(7), pending(3)])).toBe(8);
});

test("words go over into a new conversation, pressed buttons do not", () => {
  expect(carriesOver(pending(1))).toBe(true);
  expect(carriesOver(pending(1, { payload: "/affirm" }))).toBe(false);
});

test("text goes as text, attachments as their ids, a button as its payload with the title", () => {
  expect(toOutgoing(pending(1))).toEqual({ client_id: "c1", text: "text 1" });
  expect(toOutgoing(pending(1, { payload: "/affirm", text: "是的" }))).toEqual({ client_id: "c1", payload: "/affirm", title: "是的" });
  const attachments = [attachment("f_1"), attachment("f_2")];
  expect(toOutgoing(pending(1, { attachments }))).toEqual({ client_id: "c1", text: "text 1", attachments: ["f_1", "f_2"] });
  expect(toOutgoing(pending(1, { attachments, text: "" }))).toEqual({ client_id: "c1", attachments: ["f_1", "f_2"] });
  expect(toOutgoing(pending(1, { payload: "/greet", text: "" }))).toEqual({ client_id: "c1", payload: "/greet" });
});

test("the outbox survives a reload and never mixes servers", () => {
  const storage = memoryStorage();
  const keep = new Keep(storage, "https://a.example");
  keep.put(pending(2));
  keep.put(pending(1));
  new Keep(storage, "https://b.example").put(pending(9));
  expect(new Keep(storage, "https://a.example").outbox().map(({ clientId }) => clientId)).toEqual(["c1", "c2"]);
});

test("a message kept by an earlier version, which knew no attachments, can still be sent", () => {
  const storage = memoryStorage();
  const { attachments: _, ...old } = pending(1);
  storage.setItem("kefu:s:out:c1", JSON.stringify(old));
  expect(new Keep(storage, "s").outbox().map(toOutgoing)).toEqual([{ client_id: "c1", text: "text 1" }]);
});

test("two tabs do not overwrite each other's messages", () => {
  const storage = memoryStorage();
  const [one, two] = [new Keep(storage, "s"), new Keep(storage, "s")];
  one.put(pending(1));
  two.put(pending(2));
  one.drop(pending(1));
  expect(two.outbox()).toEqual([pending(2)]);
});

test("spoilt storage is as good as empty", () => {
  const storage = memoryStorage();
  storage.setItem("kefu:s:session", "{broken");
  expect(new Keep(storage, "s").session).toBeNull();
});

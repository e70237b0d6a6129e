import { expect, test } from "vitest";
import { cursor, hasGap, merge, newerState, unread } from "../src/store/messages";
import { emptyModel, reduce } from "../src/store/model";
import { message, pending, state } from "./samples";

const seqs = (messages: { seq: number }[]) => messages.map(({ seq }) => seq);

test("messages stand in the desk's order, each once", () => {
  expect(seqs(merge([message(1), message(3)], [message(3), message(2)]))).toEqual([1, 2, 3]);
});

test("the desk's newest word on a message wins", () => {
  expect(merge([message(1)], [message(1, { text: "masked" })])[0]?.text).toBe("masked");
});

test("the cursor stops before the first gap", () => {
  expect(cursor([])).toBe(0);
  expect(cursor([message(1), message(2), message(4)])).toBe(2);
  expect(cursor([message(3)])).toBe(0);
});

test("a gap shows in the numbers or in what the desk says", () => {
  expect(hasGap([message(1), message(2)], state({ last_seq: 2 }))).toBe(false);
  expect(hasGap([message(1), message(3)], null)).toBe(true);
  expect(hasGap([message(1)], state({ last_seq: 2 }))).toBe(true);
});

test("an older state never replaces a newer one", () => {
  const known = state({ epoch: 3, last_seq: 9 });
  expect(newerState(known, state({ epoch: 2, last_seq: 20 }))).toBe(known);
  expect(newerState(known, state({ epoch: 3, last_seq: 8 }))).toBe(known);
  const newer = state({ epoch: 4, last_seq: 9 });
  expect(newerState(known, newer)).toBe(newer);
  const other = state({ conversation_id: "other", epoch: 1 });
  expect(newerState(known, other)).toBe(other);
});

test("one's own messages and openings are never unread", () => {
  const messages = [message(1, { author: "user", kind: "opening" }), message(2), message(3, { author: "user" }), message(4, { author: "agent" })];
  expect(seqs(unread(messages, 0))).toEqual([2, 4]);
  expect(seqs(unread(messages, 2))).toEqual([4]);
});

test("an acknowledged message moves from the outbox to the transcript in one step", () => {
  const model = { ...emptyModel, outbox: [pending(1), pending(2)] };
  const receipt = { id: "m1", seq: 1, client_id: "c1", created_at: "2026-11-24T10:00:00Z" };
  const after = reduce(model, { type: "stored", pending: pending(1), receipt });
  expect(after.outbox).toEqual([pending(2)]);
  expect(after.messages).toMatchObject([{ seq: 1, author: "user", text: "text 1", client_id: "c1" }]);
});

test("the desk's own copy is kept when it came before the receipt", () => {
  const masked = message(1, { author: "user", text: "138****1111", client_id: "c1" });
  const receipt = { id: "m1", seq: 1, client_id: "c1", created_at: "" };
  const after = reduce({ ...emptyModel, messages: [masked] }, { type: "stored", pending: pending(1), receipt });
  expect(after.messages).toEqual([masked]);
});

test("refused words come back before what is being written, with the desk's reason", () => {
  const model = { ...emptyModel, outbox: [pending(1)], draft: "next" };
  const after = reduce(model, { type: "refused", pending: pending(1), message: "too long" });
  expect(after).toMatchObject({ outbox: [], draft: "text 1\nnext", complaint: "too long" });
  expect(reduce(after, { type: "draft", draft: "text" }).complaint).toBeNull();
});

test("a refused opening is nobody's business", () => {
  const opening = pending(1, { payload: "/greet", text: "", opening: true });
  const after = reduce({ ...emptyModel, outbox: [opening] }, { type: "refused", pending: opening, message: "no" });
  expect(after).toMatchObject({ outbox: [], draft: "", complaint: null });
});

test("a renewed token keeps the conversation", () => {
  const model = { ...emptyModel, conversationId: "conversation-1", messages: [message(1)] };
  const after = reduce(model, { type: "session", conversationId: "conversation-1", state: state() });
  expect(after.messages).toHaveLength(1);
  expect(after.renewed).toBe(false);
});

test("another conversation starts empty and the user is told", () => {
  const model = { ...emptyModel, conversationId: "old", messages: [message(1)], draft: "half a sentence" };
  const after = reduce(model, { type: "session", conversationId: "conversation-1", state: state() });
  expect(after).toMatchObject({ messages: [], renewed: true, draft: "half a sentence" });
  expect(reduce(emptyModel, { type: "session", conversationId: "first", state: state() }).renewed).toBe(false);
});

test("what was seen stays seen", () => {
  const model = { ...emptyModel, seen: 5 };
  expect(reduce(model, { type: "seen", seq: 3 }).seen).toBe(5);
});

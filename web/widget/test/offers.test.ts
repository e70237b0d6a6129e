import { describe, expect, test } from "vitest";
import { emptyModel, type Model } from "../src/store/model";
import { offers } from "../src/store/offers";
import { message, pending, state } from "./samples";

const offered = (over: Partial<Model>) => offers({ ...emptyModel, ...over });

describe("the bot's buttons", () => {
  const buttons = [
    { title: "是", payload: "/affirm" },
    { title: "否", payload: "/deny" },
  ];
  const asking = message(2, { buttons });

  test("only the newest bot message offers", () => {
    expect(offered({ messages: [message(1, { buttons }), asking] })).toMatchObject([{ messageId: "m2", enabled: true, chosen: null }]);
    expect(offered({ messages: [asking, message(3)] })).toEqual([]);
  });

  test("a notice in between takes nothing away", () => {
    const notice = message(3, { author: "system", kind: "notice" });
    expect(offered({ messages: [asking, notice] })).toMatchObject([{ messageId: "m2", enabled: true }]);
  });

  test("a pressed button is remembered and all are disabled, at once and after storing", () => {
    expect(offered({ messages: [asking], outbox: [pending(1, { text: "是", payload: "/affirm" })] })).toMatchObject([{ enabled: false, chosen: "是" }]);
    expect(offered({ messages: [asking, message(3, { author: "user", text: "是" })] })).toMatchObject([{ enabled: false, chosen: "是" }]);
  });

  test("free words disable them too, choosing none", () => {
    expect(offered({ messages: [asking, message(3, { author: "user", text: "别的" })] })).toMatchObject([{ enabled: false, chosen: null }]);
  });

  test("while a person has the conversation nothing is offered", () => {
    expect(offered({ messages: [asking], state: state({ owner: "agent" }) })[0]?.enabled).toBe(false);
    expect(offered({ messages: [asking], state: state({ owner: "queue" }) })[0]?.enabled).toBe(false);
  });
});

describe("a notice's buttons", () => {
  const told = (seq: number, number: string) =>
    message(seq, {
      author: "system",
      kind: "notice",
      card: { type: "case", number, state: "resolved", due_at: null },
      buttons: [{ title: "还没解决", payload: `/case_reopen{"case_number":"${number}"}` }],
    });

  test("can be pressed whatever was said since", () => {
    const messages = [told(1, "KF1"), message(2, { author: "user", text: "你好" }), message(3)];
    expect(offered({ messages })).toMatchObject([{ messageId: "m1", enabled: true }]);
  });

  test("stand beside the bot's", () => {
    const asking = message(2, { buttons: [{ title: "是", payload: "/affirm" }] });
    expect(offered({ messages: [told(1, "KF1"), asking] }).map(({ messageId }) => messageId)).toEqual(["m2", "m1"]);
  });

  test("are over once pressed", () => {
    const messages = [told(1, "KF1"), message(2, { author: "user", text: "还没解决" })];
    expect(offered({ messages })).toMatchObject([{ enabled: false, chosen: "还没解决" }]);
  });

  test("end with the next word on that case, and no other", () => {
    expect(offered({ messages: [told(1, "KF1"), told(2, "KF1"), told(3, "KF2")] }).map(({ messageId }) => messageId)).toEqual(["m2", "m3"]);
  });
});

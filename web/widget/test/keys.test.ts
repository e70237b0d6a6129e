import { expect, test } from "vitest";
import { sends } from "../src/text/keys";
import { canSend, count, showsCounter } from "../src/text/length";

const enter = { key: "Enter", shiftKey: false, altKey: false, isComposing: false, keyCode: 13 };

test("Enter sends", () => expect(sends(enter)).toBe(true));

test("Shift+Enter ends the line", () => expect(sends({ ...enter, shiftKey: true })).toBe(false));

test("Enter that picks a word in an input method does not send", () => {
  expect(sends({ ...enter, isComposing: true })).toBe(false);
});

test("Enter that ended a composition in Safari does not send", () => {
  expect(sends({ ...enter, keyCode: 229 })).toBe(false);
});

test("other keys do not send", () => expect(sends({ ...enter, key: "a" })).toBe(false));

test("characters are counted as the desk counts them", () => expect(count("好😀")).toBe(2));

test("blank text and text over the limit cannot be sent", () => {
  expect(canSend(" \n ")).toBe(false);
  expect(canSend("长".repeat(2000))).toBe(true);
  expect(canSend("长".repeat(2001))).toBe(false);
  expect(canSend("😀".repeat(2000))).toBe(true);
});

test("the counter shows near the limit only", () => {
  expect(showsCounter(1799)).toBe(false);
  expect(showsCounter(1800)).toBe(true);
});

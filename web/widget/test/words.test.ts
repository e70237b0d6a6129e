import { expect, test } from "vitest";
import en from "../src/words/en.ftl";
import zh from "../src/words/zh-CN.ftl";
import { hasWord, pickLocale, wordsIn } from "../src/words/words";

const sources = import.meta.glob<string>("../src/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const used = [...new Set(Object.values(sources).flatMap((source) => [...source.matchAll(/\bt\("([a-z-]+)"/g)].map((match) => match[1]!)))];

test("both languages have the same words", () => {
  expect(en.map(({ id }) => id).sort()).toEqual(zh.map(({ id }) => id).sort());
});

test("every word that a view says exists", () => {
  expect(used.length).toBeGreaterThan(40);
  expect(used.filter((id) => !hasWord(wordsIn("zh"), id))).toEqual([]);
});

test("values and plurals are filled in", () => {
  expect(wordsIn("zh")("queue-position", { position: 3 })).toBe("正在排队，您在第 3 位");
  expect(wordsIn("en")("launcher-unread", { count: 1 })).toBe("Open support chat, 1 new message");
  expect(wordsIn("en")("launcher-unread", { count: 2 })).toBe("Open support chat, 2 new messages");
});

test("a missing value does not break the window", () => {
  expect(wordsIn("zh")("notice-agent_joined")).toContain("已加入对话");
});

test.each([
  ["zh", ["en-US"], "zh"],
  [null, ["zh-TW", "en"], "zh"],
  [null, ["fr", "en"], "en"],
  [null, ["fr"], "en"],
  [null, [], "zh"],
] as const)("wish %s and browser %s give %s", (wish, browser, locale) => {
  expect(pickLocale(wish, browser)).toBe(locale);
});

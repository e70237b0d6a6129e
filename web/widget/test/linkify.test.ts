import { expect, test } from "vitest";
import { linkify } from "../src/text/linkify";

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

test("an address becomes a link and the text around it stays", () => {
  expect(linkify("请看 https://example.com/a?b=1 谢谢")).toEqual([
    { text: "请看 " },
    { text: "https://example.com/a?b=1", href: "https://example.com/a?b=1" },
    { text: " 谢谢" },
  ]);
});

test("Chinese text and punctuation end an address", () => {
  expect(links("见https://example.com/规则。再看（https://example.com/b）")).toEqual(["https://example.com/", "https://example.com/b"]);
});

test("the full stop of the sentence is not part of the address, a bracket opened inside is", () => {
  expect(links("Go to https://example.com/a. Or (https://example.com/b), or https://example.com/c_(d).")).toEqual([
    "https://example.com/a",
    "https://example.com/b",
    "https://example.com/c_(d)",
  ]);
});

test.each(["javascript:alert(1)", "data:text/html,x", "ftp://example.com", "//example.com", "https://"])("%s is no link", (text) => {
  expect(links(text)).toEqual([]);
});

test("an address that hides its host behind a name is no link", () => {
  expect(links("https://douyin.com@evil.example/login")).toEqual([]);
});

test("nothing of the text is lost, markup stays text", () => {
  const text = '<img src=x onerror=alert(1)> https://a.example/"onclick="x <b>';
  expect(linkify(text).map((piece) => piece.text).join("")).toBe(text);
  expect(links(text)).toEqual(["https://a.example/"]);
});

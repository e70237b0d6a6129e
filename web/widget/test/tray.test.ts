import { describe, expect, test } from "vitest";
import { objection, USUAL_LIMIT } from "../src/store/files";
import * as trays from "../src/store/tray";
import type { Item, Tray } from "../src/store/tray";
import { fileSize } from "../src/text/size";
import { boxOf, columns } from "../src/views/attachments/box";
import { attachment, file } from "./samples";

const item = (key: string, over: Partial<Item> = {}): Item => ({ ...trays.newItem(key, file(`${key}.png`)), ...over });
const tray = (...items: Item[]): Tray => ({ ...trays.emptyTray, items });
const ready = (key: string, over: Partial<Item> = {}) => item(key, { state: "ready", attachment: attachment(`f_${key}`), ...over });
const parcel = { clientId: "p", text: "", at: "" };

describe("the line to the desk", () => {
  test("two go up at once, in the order they were chosen", () => {
    expect(trays.nextUp(tray(item("a"), item("b")))?.key).toBe("a");
    expect(trays.nextUp(tray(item("a", { state: "uploading" }), item("b")))?.key).toBe("b");
    expect(trays.nextUp(tray(item("a", { state: "uploading" }), item("b", { state: "uploading" }), item("c")))).toBeNull();
  });

  test("what failed waits for the user", () => {
    expect(trays.nextUp(tray(item("a", { state: "broken" }), item("b", { state: "refused" })))).toBeNull();
  });
});

describe("sending", () => {
  test("an empty tray needs words, a full one does not", () => {
    expect(trays.maySend("", trays.emptyTray)).toBe(false);
    expect(trays.maySend("好", trays.emptyTray)).toBe(true);
    expect(trays.maySend("", tray(ready("a")))).toBe(true);
    expect(trays.maySend("x".repeat(2001), tray(ready("a")))).toBe(false);
  });

  test("does not wait for what is on its way, but for what failed", () => {
    expect(trays.maySend("", tray(item("a", { state: "uploading" }), item("b")))).toBe(true);
    expect(trays.maySend("好", tray(ready("a"), item("b", { state: "broken" })))).toBe(false);
    expect(trays.maySend("好", tray(item("b", { state: "refused" })))).toBe(false);
  });

  test("takes everything out of the composer, and nothing that is chosen later", () => {
    const sent = trays.add(trays.wrap(tray(item("a"), item("b")), parcel), [item("c")]);
    expect(trays.inComposer(sent).map(({ key }) => key)).toEqual(["c"]);
    expect(trays.partsOf(sent, "p").map(({ key }) => key)).toEqual(["a", "b"]);
  });

  test("is done when the last part is up", () => {
    const sent = trays.wrap(tray(ready("a"), item("b")), parcel);
    expect(trays.complete(sent)).toEqual([]);
    expect(trays.complete(trays.change(sent, "b", { state: "ready" }))).toEqual([parcel]);
  });

  test("can be taken back and thrown away", () => {
    const sent = trays.wrap(tray(item("a")), parcel);
    expect(trays.inComposer(trays.unwrap(sent, "p"))).toHaveLength(1);
    expect(trays.dropParcel(sent, "p")).toEqual(trays.emptyTray);
  });
});

test("there is room for nine, what was sent takes none of it", () => {
  const nine = tray(...Array.from({ length: 9 }, (_, i) => item(`${i}`)));
  expect(trays.room(nine)).toBe(0);
  expect(trays.room(trays.wrap(nine, parcel))).toBe(9);
});

test.each([
  ["video/mp4", "video"],
  ["image/heic", "image"],
  ["application/pdf", "file"],
  ["", "file"],
])("a file of type %s is shown as %s", (type, kind) => {
  expect(trays.newItem("k", file("x", type)).kind).toBe(kind);
});

test("until the desk describes it, an item describes itself", () => {
  expect(trays.asAttachment(item("a", { width: 4, height: 3 }))).toMatchObject({ id: "a", name: "a.png", width: 4, height: 3 });
  expect(trays.asAttachment(ready("a"))).toEqual(attachment("f_a"));
});

test("what cannot be sent is known before it goes up, of the rest the desk decides", () => {
  expect(objection({ type: "image/png", size: 10 }, USUAL_LIMIT)).toBeNull();
  expect(objection({ type: "image/heic", size: 10 }, USUAL_LIMIT)).toBeNull();
  expect(objection({ type: "", size: 10 }, USUAL_LIMIT)).toBeNull();
  expect(objection({ type: "application/zip", size: 10 }, USUAL_LIMIT)?.code).toBe("attachment_type_unknown");
  expect(objection({ type: "video/mp4", size: USUAL_LIMIT + 1 }, USUAL_LIMIT)).toMatchObject({ code: "attachment_too_large", limit: USUAL_LIMIT });
  expect(objection({ type: "image/png", size: 0 }, USUAL_LIMIT)?.code).toBe("attachment_empty");
});

test.each([
  [512, "512 B"],
  [348_000, "340 KB"],
  [1024 * 1024 - 1, "1 MB"],
  [1_300_000, "1.2 MB"],
  [USUAL_LIMIT, "50 MB"],
])("%i bytes are said as %s", (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});

test("a picture's room is known before it comes", () => {
  const picture = (width: number | null, height: number | null) => boxOf({ kind: "image", width, height });
  expect(picture(1080, 2400)).toEqual({ width: 126, height: 280 });
  expect(picture(4000, 3000)).toEqual({ width: 240, height: 180 });
  expect(picture(200, 100)).toEqual({ width: 200, height: 100 });
  expect(picture(100, 5000)).toEqual({ width: 96, height: 280 });
  expect(picture(null, null)).toEqual({ width: 216, height: 162 });
});

test("a video has the same room before it is sent and after", () => {
  expect(boxOf({ kind: "video", width: 480, height: 854 })).toEqual(boxOf({ kind: "video", width: null, height: null }));
});

test("four stand two by two, others in threes", () => {
  expect([2, 3, 4, 5, 9].map(columns)).toEqual([2, 3, 2, 3, 3]);
});

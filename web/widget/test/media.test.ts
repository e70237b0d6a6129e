import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Media } from "../src/chat/media";

const MB = 1024 * 1024;
const nobody = () => undefined;
let revoked: string[];
let made: number;
let asked: string[];
let blobs: Record<string, Blob | null>;
let media: Media;

beforeEach(() => {
  [revoked, made, asked, blobs] = [[], 0, [], {}];
  vi.spyOn(URL, "createObjectURL").mockImplementation(() => `blob:${++made}`);
  vi.spyOn(URL, "revokeObjectURL").mockImplementation((url) => void revoked.push(url));
  media = new Media(async (id) => {
    asked.push(id);
    return blobs[id] ?? null;
  });
});
afterEach(() => vi.restoreAllMocks());

test("is fetched once, and whoever draws it is told", async () => {
  blobs.a = new Blob(["a"]);
  const told = vi.fn();
  media.watch("a", told);
  await Promise.all([media.load("a"), media.load("a")]);
  await media.load("a");
  expect(asked).toEqual(["a"]);
  expect(media.see("a")).toMatchObject({ state: "here", url: "blob:1" });
  expect(told).toHaveBeenCalledTimes(2);
});

test("what could not be fetched can be tried again", async () => {
  await media.load("a");
  expect(media.see("a").state).toBe("failed");
  blobs.a = new Blob(["a"]);
  await media.load("a");
  expect(media.see("a").state).toBe("here");
});

test("the user's own file is never fetched, also under the desk's name for it", async () => {
  media.own("key", new Blob(["a"]));
  const stop = media.watch("key", nobody);
  media.rename("key", "f_1");
  await media.load("f_1");
  expect(media.see("f_1")).toMatchObject({ state: "here", url: "blob:1" });
  stop();
  expect(asked).toEqual([]);
});

test("what nobody draws is let go, the longest unused first, when it becomes too much", async () => {
  for (const id of ["a", "b", "c"]) {
    blobs[id] = { size: 20 * MB } as Blob;
    const stop = media.watch(id, nobody);
    await media.load(id);
    stop();
  }
  expect(revoked).toEqual(["blob:1"]);
  expect(media.see("a").state).toBe("idle");
  expect(media.see("c").state).toBe("here");
});

test("what is drawn stays, and so does a file that only the user has", async () => {
  media.own("key", { size: 60 * MB } as Blob);
  blobs.a = { size: 60 * MB } as Blob;
  const stop = media.watch("a", nobody);
  await media.load("a");
  expect(revoked).toEqual([]);
  stop();
  expect(revoked).toEqual(["blob:2"]);
});

test("what comes after everything was let go is not kept", async () => {
  blobs.a = new Blob(["a"]);
  const coming = media.load("a");
  media.clear();
  await coming;
  expect(made).toBe(0);
});

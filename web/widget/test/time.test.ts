import { expect, test, vi } from "vitest";
import { moment, serviceMoment } from "../src/text/time";

const now = new Date(2026, 10, 24, 15, 0);
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

test.each([
  [at(2026, 10, 24, 9, 5), "09:05", "09:05"],
  [at(2026, 10, 24, 0, 0), "00:00", "00:00"],
  [at(2026, 10, 23, 23, 59), "昨天 23:59", "Yesterday, 23:59"],
  [at(2026, 10, 25, 9, 0), "明天 09:00", "Tomorrow, 09:00"],
  [at(2026, 10, 20, 9, 0), "11月20日 09:00", "Nov 20, 09:00"],
  [at(2025, 10, 20, 9, 0), "2025年11月20日 09:00", "Nov 20, 2025, 09:00"],
])("%s is said as people say it", (iso, zh, en) => {
  expect(moment(iso, now, "zh")).toBe(zh);
  expect(moment(iso, now, "en")).toBe(en);
});

test("what is no time is shown as it came", () => expect(moment("soon", now, "zh")).toBe("soon"));

test("a term is said on the service's clock, wherever the reader is", () => {
  const noon = new Date("2026-11-24T12:00:00+08:00");
  vi.stubEnv("TZ", "America/New_York");
  const abroad = serviceMoment("2026-11-30T09:21:00+08:00", noon, "zh");
  vi.stubEnv("TZ", "Asia/Shanghai");
  const home = serviceMoment("2026-11-30T09:21:00+08:00", noon, "zh");
  vi.unstubAllEnvs();
  expect(abroad).toEqual({ text: "11月30日 09:21", abroad: true });
  expect(home).toEqual({ text: "11月30日 09:21", abroad: false });
});

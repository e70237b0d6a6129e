/** Points in time as people say them; the present is an argument. */

export type Locale = "zh" | "en";

const TAG: Record<Locale, string> = { zh: "zh-CN", en: "en" };
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** "14:05" today, "昨天 14:05", "11月20日 14:05", "2025年11月20日 14:05". */
export function moment(iso: string, now: Date, locale: Locale): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : momentOf(date, now, locale);
}

function momentOf(date: Date, now: Date, locale: Locale): string {
  const clock = date.toLocaleTimeString(TAG[locale], CLOCK);
  const days = daysBetween(date, now);
  if (days === 0) return clock;
  const day = Math.abs(days) === 1 ? nearDay(-days, locale) : calendarDay(date, now, locale);
  return locale === "en" ? `${day}, ${clock}` : `${day} ${clock}`;
}

const SERVICE_ZONE = "Asia/Shanghai";

/** A point in time on the service's own clock, for terms that hold wherever the reader is; `abroad` if that clock is not theirs. */
export function serviceMoment(iso: string, now: Date, locale: Locale): { text: string; abroad: boolean } {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return { text: iso, abroad: false };
  const there = onClock(date);
  return { text: momentOf(there, onClock(now), locale), abroad: there.getTime() !== Math.trunc(date.getTime() / 1000) * 1000 };
}

/** The same reading of the clock, as a local date. */
function onClock(date: Date): Date {
  return new Date(date.toLocaleString("en-US", { timeZone: SERVICE_ZONE }));
}

/** A time of day alone, as on a bubble. */
export function clockTime(iso: string, locale: Locale): string {
  return new Date(iso).toLocaleTimeString(TAG[locale], CLOCK);
}

function nearDay(days: number, locale: Locale): string {
  const word = new Intl.RelativeTimeFormat(TAG[locale], { numeric: "auto" }).format(days, "day");
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function calendarDay(date: Date, now: Date, locale: Locale): string {
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString(TAG[locale], {
    month: locale === "zh" ? "long" : "short",
    day: "numeric",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}

/** Whole days of the calendar from `date` to `now`; negative when `date` is yet to come. */
function daysBetween(date: Date, now: Date): number {
  const midnight = (d: Date) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  return Math.round((midnight(now) - midnight(date)) / 86_400_000);
}

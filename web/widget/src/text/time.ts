/** Points in time as people say them; the present is an argument. */

export type Locale = "zh" | "en";

const TAG: Record<Locale, string> = { zh: "zh-CN", en: "en" };
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** "14:05" today, "昨天 14:05", "11月20日 14:05", "2025年11月20日 14:05". */
export function moment(iso: string, now: Date, locale: Locale): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const clock = date.toLocaleTimeString(TAG[locale], CLOCK);
  const days = daysBetween(date, now);
  if (days === 0) return clock;
  const day = Math.abs(days) === 1 ? nearDay(-days, locale) : calendarDay(date, now, locale);
  return locale === "en" ? `${day}, ${clock}` : `${day} ${clock}`;
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

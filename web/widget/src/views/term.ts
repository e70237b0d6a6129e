import { type Locale, serviceMoment } from "../text/time";
import type { Words } from "../words/words";

/** A deadline or opening hour; readers on another clock are told whose it is. */
export function sayTerm(iso: string, locale: Locale, t: Words): string {
  const { text, abroad } = serviceMoment(iso, new Date(), locale);
  return abroad ? t("beijing-time", { time: text }) : text;
}

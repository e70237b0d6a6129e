import { FluentBundle, type FluentVariable } from "@fluent/bundle";
import type { Locale } from "../text/time";
import en from "./en.ftl";
import zh from "./zh-CN.ftl";

/** Says a word of the window in the user's language. */
export type Words = (id: string, values?: Record<string, FluentVariable>) => string;

export function wordsIn(locale: Locale): Words {
  const bundle = new FluentBundle(locale === "zh" ? "zh-CN" : "en", { useIsolating: false });
  bundle.addResource({ body: locale === "zh" ? zh : en });
  return (id, values) => {
    const pattern = bundle.getMessage(id)?.value;
    // With a list for the errors Fluent goes on and says what it can, instead of throwing.
    return pattern ? bundle.formatPattern(pattern, values, []) : id;
  };
}

/** Whether there is a word of that name, for names that the desk makes. */
export function hasWord(words: Words, id: string): boolean {
  return words(id) !== id;
}

/** The host page's wish, else the browser's language. */
export function pickLocale(wish: string | null, browser: readonly string[]): Locale {
  for (const tag of [wish, ...browser]) {
    if (tag?.toLowerCase().startsWith("zh")) return "zh";
    if (tag?.toLowerCase().startsWith("en")) return "en";
  }
  return wish || browser.length ? "en" : "zh";
}

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Chat } from "../chat/chat";
import type { Model } from "../store/model";
import type { Locale } from "../text/time";
import type { Words } from "../words/words";

/** What every view may use. */
export interface Here {
  chat: Chat;
  t: Words;
  locale: Locale;
  /** Shows a picture or video over the whole page. */
  look: (id: string) => void;
}

export const HereContext = createContext<Here>(null as unknown as Here);

export const useHere = (): Here => useContext(HereContext);

/** The model now, and a fresh drawing whenever it changes. */
export function useModel(chat: Chat): Model {
  const [model, setModel] = useState(chat.store.model);
  useEffect(() => {
    const show = () => setModel(chat.store.model);
    show();
    return chat.store.watch(show);
  }, [chat]);
  return model;
}

/** The present, told anew every `ms` while `ticking`. */
export function useNow(ms: number, ticking = true): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), ms);
    return () => clearInterval(timer);
  }, [ms, ticking]);
  return now;
}

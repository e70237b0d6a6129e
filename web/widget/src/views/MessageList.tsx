import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Model } from "../store/model";
import { offers } from "../store/offers";
import { type Row, timeline } from "../store/timeline";
import { moment } from "../text/time";
import { BubbleRow, Notice } from "./BubbleRow";
import { useHere, useNow } from "./context";
import { DownIcon } from "./icons";
import { Intro, Typing } from "./Intro";

const PAGE = 80;
const NEAR_END_PX = 80;

/** The conversation, scrolled to its newest message unless the user reads further up. */
export function MessageList({ model }: { model: Model }) {
  const { t, locale } = useHere();
  const [shown, setShown] = useState(PAGE);
  const list = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const now = new Date(useNow(60_000));
  const rows = timeline(model);
  const freshAt = rows.findIndex(({ row }) => row === "fresh");
  // However far back what is new begins, it is shown.
  const visible = rows.slice(-Math.max(shown, freshAt < 0 ? 0 : rows.length - freshAt + 1));
  const offered = offers(model);
  const isTyping = model.state?.owner === "bot" && model.state.bot_busy;
  const newest = rows[rows.length - 1];

  const leaveEnd = useStickToEnd(list, atEnd, [newest?.key, isTyping, model.loaded, rows.length]);
  useLayoutEffect(() => {
    if (!showFresh(list.current)) return;
    leaveEnd();
    setAtEnd(false);
  }, [model.fresh]);
  useEffect(() => {
    // One's own message is always followed, wherever one was reading.
    if (newest?.row === "bubble" && newest.message.author === "user") setAtEnd(true);
  }, [newest?.key]);

  return (
    <div class="list-frame">
      <div
        ref={list}
        class="list"
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={t("log")}
        aria-busy={!model.loaded}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END_PX)
        }
      >
        <div>
          {rows.length > visible.length ? (
            <button type="button" class="earlier" onClick={() => setShown(shown + PAGE)}>
              {t("earlier")}
            </button>
          ) : (
            <Intro />
          )}
          {visible.map((row) => drawRow(row))}
          {isTyping && <Typing />}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class="newest" onClick={() => setAtEnd(true)}>
          <DownIcon />
          {t("newest")}
        </button>
      )}
    </div>
  );

  function drawRow(row: Row) {
    if (row.row === "time")
      return (
        <p key={row.key} class="time-row">
          {moment(row.at, now, locale)}
        </p>
      );
    if (row.row === "fresh")
      return (
        <p key={row.key} class="fresh">
          <span>{t("fresh")}</span>
        </p>
      );
    const buttons = offered.find(({ messageId }) => messageId === row.message.id) ?? null;
    if (row.row === "notice") return <Notice key={row.key} message={row.message} offer={buttons} model={model} />;
    return <BubbleRow key={row.key} bubble={row} offer={buttons} model={model} />;
  }
}

/** Begins with what is new when it is more than fits; the list itself ends where it ends. */
function showFresh(list: HTMLElement | null): boolean {
  const line = list?.querySelector<HTMLElement>(".fresh");
  if (!list || !line) return false;
  list.scrollTop += line.getBoundingClientRect().top - list.getBoundingClientRect().top - 12;
  return list.scrollHeight - list.scrollTop - list.clientHeight >= NEAR_END_PX;
}

/** Keeps the end in view while new rows come, a card grows or the keyboard opens; returns how to stop at once. */
function useStickToEnd(list: { current: HTMLElement | null }, atEnd: boolean, changes: unknown[]): () => void {
  const follows = useRef(atEnd);
  follows.current = atEnd;
  const scroll = () => {
    if (list.current && follows.current) list.current.scrollTop = list.current.scrollHeight;
  };
  useLayoutEffect(scroll, [...changes, atEnd]);
  useEffect(() => {
    if (!list.current || !atEnd || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(scroll);
    observer.observe(list.current);
    if (list.current.firstElementChild) observer.observe(list.current.firstElementChild);
    return () => observer.disconnect();
  }, [atEnd]);
  return () => {
    follows.current = false;
  };
}

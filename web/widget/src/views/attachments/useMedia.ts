import type { RefObject } from "preact";
import { useEffect, useReducer, useRef } from "preact/hooks";
import type { Media, Seen } from "../../chat/media";

/** An attachment's bytes as they come; drawn anew when they do. */
export function useMedia(media: Media, id: string): Seen {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stop = media.watch(id, () => redraw(undefined));
    // It may have come between drawing and watching.
    redraw(undefined);
    return stop;
  }, [media, id]);
  return media.see(id);
}

/** Calls once when the element comes near the screen. */
export function useNear<T extends Element>(near: () => void, watched: unknown): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      near();
    }, { rootMargin: "300px" });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [watched]);
  return ref;
}

const FAR_PX = 60;

let start: Touch | null = null;

/** A finger drawn sideways over what is not enlarged: to the one before (-1) or after (1). */
export function swiping(onSwipe: (by: number) => void) {
  return {
    onTouchStart: ({ touches, currentTarget }: TouchEvent) => {
      const isStill = touches.length === 1 && (visualViewport?.scale ?? 1) <= 1.01;
      start = isStill && !(currentTarget as Element).classList.contains("is-full") ? (touches[0] ?? null) : null;
    },
    onTouchEnd: ({ changedTouches: [end] }: TouchEvent) => {
      if (!start || !end) return;
      const [x, y] = [end.clientX - start.clientX, end.clientY - start.clientY];
      start = null;
      if (Math.abs(x) > FAR_PX && Math.abs(x) > 2 * Math.abs(y)) onSwipe(x < 0 ? 1 : -1);
    },
  };
}

/** Room for a picture before it is there, so that nothing moves when it comes. */

const WIDEST = 240;
const TALLEST = 280;
const NARROWEST = 96;
const UNKNOWN = { width: 200, height: 150 };

export interface Box {
  width: number;
  height: number;
}

/** As large as fits; very long or very wide ones are cut. */
export function boxOf(width: number | null, height: number | null): Box {
  if (!width || !height) return UNKNOWN;
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  return { width: Math.max(NARROWEST, Math.round(width * scale)), height: Math.max(NARROWEST, Math.round(height * scale)) };
}

/** Columns of a grid of several. */
export function columns(count: number): number {
  return count === 2 || count === 4 ? 2 : 3;
}

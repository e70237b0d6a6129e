import type { Attachment } from "../../transport/wire";

/** Room for a picture before it is there, so that nothing moves when it comes. */

const WIDEST = 240;
const TALLEST = 280;
const NARROWEST = 96;
const UNKNOWN = { width: 216, height: 162 };

export interface Box {
  width: number;
  height: number;
}

/** As large as fits; very long or very wide ones are cut. Of videos the desk does not know how large they are. */
export function boxOf({ kind, width, height }: Pick<Attachment, "kind" | "width" | "height">): Box {
  if (kind === "video" || !width || !height) return UNKNOWN;
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  return { width: Math.max(NARROWEST, Math.round(width * scale)), height: Math.max(NARROWEST, Math.round(height * scale)) };
}

/** Columns of a grid of several. */
export function columns(count: number): number {
  return count === 2 || count === 4 ? 2 : 3;
}

/** What of a file may be known before it is sent, so that nobody waits for an upload that is refused in the end. */

/** For the browser's dialogue of files. */
export const ACCEPT = "image/*,video/mp4,video/quicktime,video/webm,application/pdf";
/** Until the desk has told its own. */
export const USUAL_LIMIT = 50 * 1024 * 1024;

export interface Objection {
  code: string;
  message: string;
  limit: number | null;
}

export function objection({ type, size }: Pick<File, "type" | "size">, limit: number): Objection | null {
  if (type && !isTaken(type)) return { code: "attachment_type_unknown", message: "", limit: null };
  if (size > limit) return { code: "attachment_too_large", message: "", limit };
  if (size === 0) return { code: "attachment_empty", message: "", limit: null };
  return null;
}

/** Of pictures the desk knows better which it can read. */
function isTaken(type: string): boolean {
  return type.startsWith("image/") || ACCEPT.split(",").includes(type);
}

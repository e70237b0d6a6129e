/** Finds web addresses in plain text. The result is drawn as text nodes and links, never as markup. */

export type Piece = { text: string; href?: string };

// Only characters that may stand in an address: Chinese text and punctuation end it.
const ADDRESS = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
const TRAILING = /[.,!?;:'\])]+$/;

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const shown = trimmed(match[0]);
    const href = safeAddress(shown);
    if (!href) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** A full stop after an address belongs to the sentence; a closing bracket only when it was opened inside. */
function trimmed(address: string): string {
  const tail = TRAILING.exec(address)?.[0] ?? "";
  const keepsBracket = tail.startsWith(")") && address.includes("(");
  return address.slice(0, address.length - tail.length + (keepsBracket ? 1 : 0));
}

/** http and https only, and no name before an @ that would disguise where the link leads. */
function safeAddress(address: string): string | null {
  try {
    const url = new URL(address);
    const plain = url.protocol === "https:" || url.protocol === "http:";
    return plain && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

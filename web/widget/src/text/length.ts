/** How long a text is for the desk, which counts characters, not UTF-16 units. */

export const LONGEST = 2000;
const NEAR = 1800;

export function count(text: string): number {
  return [...text].length;
}

/** The counter shows only when it matters. */
export function showsCounter(length: number): boolean {
  return length >= NEAR;
}

export function canSend(text: string): boolean {
  const words = text.trim();
  return words !== "" && count(words) <= LONGEST;
}

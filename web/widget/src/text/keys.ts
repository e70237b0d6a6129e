/** What a key press in the composer means. */

export interface KeyPress {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

// Safari ends the composition before the key event of the same Enter; this code is all that is left of it.
const IME_KEY_CODE = 229;

/** Enter sends, unless it ends a line (Shift) or only picks a word in an input method. */
export function sends({ key, shiftKey, altKey, isComposing, keyCode }: KeyPress): boolean {
  if (key !== "Enter" || shiftKey || altKey) return false;
  return !isComposing && keyCode !== IME_KEY_CODE;
}

/** With a keyboard at hand one wants to write; on a phone its own would cover the messages. */
export function canType(): boolean {
  return matchMedia("(pointer: fine)").matches;
}

export function focusField(field: HTMLElement | null | undefined): void {
  if (canType()) field?.focus({ preventScroll: true });
}

import { onBeforeUnmount, onMounted } from 'vue'

/** Keyed by physical key, so that Alt combinations work on every layout; see `combination`. */
export type Shortcuts = Record<string, () => void>

export function useShortcuts(shortcuts: Shortcuts): void {
  const listen = (event: KeyboardEvent) => {
    // Keys that belong to an input method are not ours.
    if (event.isComposing || event.keyCode === 229) return
    const run = shortcuts[combination(event)]
    if (!run) return
    event.preventDefault()
    run()
  }
  onMounted(() => window.addEventListener('keydown', listen))
  onBeforeUnmount(() => window.removeEventListener('keydown', listen))
}

/** "mod+KeyK", "alt+ArrowUp", "mod+Slash"; plain keys only outside of fields. */
export function combination(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey
  if (!mod && !event.altKey) return isTyping(event.target) ? '' : event.key
  return [mod && 'mod', event.altKey && 'alt', event.code].filter(Boolean).join('+')
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

export const modKey = isMac ? '⌘' : 'Ctrl'
export const altKey = isMac ? '⌥' : 'Alt'

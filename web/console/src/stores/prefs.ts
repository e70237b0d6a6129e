/** What an agent set up for themselves on this machine. */
import { reactive, watch } from 'vue'
import type { Locale } from '@/words'

export interface Prefs {
  locale: Locale
  theme: 'auto' | 'light' | 'dark'
  sound: boolean
  notify: boolean
}

const KEY = 'console.prefs'
const defaults: Prefs = { locale: 'zh-CN', theme: 'auto', sound: false, notify: false }

export function createPrefs(storage: Storage): Prefs {
  const prefs = reactive<Prefs>({ ...defaults, ...load(storage) })
  watch(prefs, () => {
    try {
      storage.setItem(KEY, JSON.stringify(prefs))
    } catch {
      // Not kept, but in force.
    }
  })
  return prefs
}

function load(storage: Storage): Partial<Prefs> {
  try {
    return JSON.parse(storage.getItem(KEY) ?? '{}')
  } catch {
    return {}
  }
}

import { watchEffect } from 'vue'
import { useApp } from '@/app'
import { useMedia } from './media'

export function useTheme(): void {
  const { prefs } = useApp()
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  watchEffect(() => {
    const dark = prefs.theme === 'dark' || (prefs.theme === 'auto' && systemDark.value)
    document.documentElement.classList.toggle('dark', dark)
    document.documentElement.lang = prefs.locale
  })
}

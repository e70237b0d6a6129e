import { watchEffect } from 'vue'
import { useWork } from '@/app'
import { t } from '@/words'

/** The page's title carries how many are waiting, for a tab in the background; so does the app badge. */
export function useTitle(page: () => string): void {
  const { workspace } = useWork()
  watchEffect(() => {
    const count = workspace.state.queue.length
    document.title = count ? t('title-waiting', { count, page: page() }) : t('title', { page: page() })
    if (count) navigator.setAppBadge?.(count).catch(() => undefined)
    else navigator.clearAppBadge?.().catch(() => undefined)
  })
}

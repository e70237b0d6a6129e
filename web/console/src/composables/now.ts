/** One ticking clock for everything that shows how long something lasts, set by the desk's clock. */
import { ref, type Ref } from 'vue'
import { useApp } from '@/app'

const now = ref(Date.now())
let ticking = false

export function useNow(): Ref<number> {
  const { http } = useApp()
  if (!ticking) {
    ticking = true
    setInterval(() => (now.value = Date.now() + http.clockSkew), 1000)
  }
  return now
}

import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether a media query holds, kept current. */
export function useMedia(query: string): Ref<boolean> {
  const list = window.matchMedia(query)
  const holds = ref(list.matches)
  const update = () => (holds.value = list.matches)
  list.addEventListener('change', update)
  onScopeDispose(() => list.removeEventListener('change', update))
  return holds
}

/** One column: lists, conversation and details are shown one at a time. */
export const useNarrow = () => useMedia('(max-width: 859px)')

/** Too narrow for a third column: details open in a drawer. */
export const useTwoColumns = () => useMedia('(max-width: 1199px)')

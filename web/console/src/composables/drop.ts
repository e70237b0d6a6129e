import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { filesOf } from '@/logic/attachments'

const bringsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

export interface Drop {
  /** Files are being held over it. */
  over: Ref<boolean>
  on: Record<'dragover' | 'dragleave' | 'drop', (event: DragEvent) => void>
}

/** A place files may be dropped on, while it is open. */
export function useDrop(isOpen: () => boolean, take: (files: File[]) => void): Drop {
  const over = ref(false)
  const on = {
    dragover(event: DragEvent): void {
      if (!bringsFiles(event) || !isOpen()) return
      event.preventDefault()
      event.dataTransfer!.dropEffect = 'copy'
      over.value = true
    },
    dragleave(event: DragEvent): void {
      const place = event.currentTarget as HTMLElement
      if (!place.contains(event.relatedTarget as Node | null)) over.value = false
    },
    drop(event: DragEvent): void {
      over.value = false
      if (!bringsFiles(event) || !isOpen()) return
      event.preventDefault()
      take(filesOf(event.dataTransfer))
    },
  }
  return { over, on }
}

/** A file that misses its place would be opened instead of the console: nothing happens. */
export function useNoStrayDrops(): void {
  const stop = (event: DragEvent) => {
    if (event.defaultPrevented || !bringsFiles(event)) return
    event.preventDefault()
    event.dataTransfer!.dropEffect = 'none'
  }
  onMounted(() => ['dragover', 'drop'].forEach((name) => window.addEventListener(name, stop as EventListener)))
  onBeforeUnmount(() => ['dragover', 'drop'].forEach((name) => window.removeEventListener(name, stop as EventListener)))
}

import { ElMessage } from 'element-plus'
import { ref } from 'vue'
import { useRouter } from 'vue-router'
import { useWork } from '@/app'
import type { Handoff } from '@/api/types'
import { t } from '@/words'
import { tell } from './tell'

/** Take a waiting user; coming second is told kindly and leaves a current list. */
export function useClaim() {
  const { workspace, conversation, opened } = useWork()
  const router = useRouter()
  const claiming = ref<string | null>(null)

  async function claim(handoff: Handoff): Promise<void> {
    if (claiming.value) return
    claiming.value = handoff.id
    try {
      const outcome = await workspace.claim(handoff.id)
      if (outcome.kind === 'taken') {
        await opened(handoff.conversation_id)?.load()
        ElMessage.info(outcome.by ? t('claim-taken', { name: outcome.by }) : t('claim-taken-nameless'))
        return
      }
      conversation(handoff.conversation_id).apply(outcome.view)
      await router.push({ name: 'conversations', params: { id: handoff.conversation_id } })
    } catch (error) {
      tell(error)
    } finally {
      claiming.value = null
    }
  }

  return { claim, claiming }
}

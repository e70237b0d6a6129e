import { ElMessage } from 'element-plus'
import { ApiError } from '@/api/error'
import { errorWords } from '@/words/errors'

/** Say what went wrong; an ended session says so itself, on the sign-in page. */
export function tell(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) return
  ElMessage.error(errorWords(error))
}

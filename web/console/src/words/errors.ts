/** What a failed call means for the person in front of it. */
import { ApiError } from '@/api/http'
import { t, wordFor } from '.'

export function errorWords(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error-unknown')
  const known = wordFor('error', error.code)
  if (known !== error.code) return known
  if (error.message) return error.message
  return t(error.status >= 500 ? 'error-server' : 'error-unknown')
}

/** What a failed call means for the person in front of it. */
import { ApiError } from '@/api/error'
import { t, wordFor } from '.'
import { fileSize } from './format'

export function errorWords(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error-unknown')
  const { limit } = error.details
  const known = wordFor('error', error.code, { limit: typeof limit === 'number' ? fileSize(limit) : '' })
  if (known !== error.code) return known
  if (error.message) return error.message
  return t(error.status >= 500 ? 'error-server' : 'error-unknown')
}

/** What an entry of a case's audit trail says, in words where this console has them. */
import { plain } from '@/logic/display'
import { t, wordFor } from '.'

/** Lines under the event's name: the change of state, the note, and whatever else there is. */
export function detailLines(detail: unknown): string[] {
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return [plain(detail)].filter(Boolean)
  const { from, to, note, tell, reason, score, count, priority, ...rest } = detail as Record<string, unknown>
  const lines = [
    from && to ? `${wordFor('state', plain(from))} → ${wordFor('state', plain(to))}` : '',
    plain(note),
    tell ? t('audit-told', { text: plain(tell) }) : '',
    reason ? wordFor('reason', plain(reason)) : '',
    score ? t('case-csat-score', { score: plain(score) }) : '',
    count ? t('audit-material', { count: Number(count) }) : '',
    priority ? t('audit-priority', { priority: wordFor('priority', plain(priority)) }) : '',
    plain(rest),
  ]
  return lines.filter(Boolean)
}

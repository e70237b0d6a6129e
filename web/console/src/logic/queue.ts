/** The order of the waiting line and what is counted in it. The desk decides; this keeps the drawing in step. */
import type { Assignment, Handoff, Priority } from '@/api/types'

export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low']

/** Urgent first, then whoever has waited longest. */
export function inQueueOrder(handoffs: Handoff[]): Handoff[] {
  return [...handoffs].sort(
    (a, b) => rank(a.priority) - rank(b.priority) || Date.parse(a.waiting_since) - Date.parse(b.waiting_since),
  )
}

/** My own conversations keep their places while I work: by priority, then in the order I took them. */
export function inDeskOrder(assignments: Assignment[]): Assignment[] {
  return [...assignments].sort(
    (a, b) => rank(a.handoff.priority) - rank(b.handoff.priority) || takenAt(a) - takenAt(b),
  )
}

export function countByPriority(handoffs: Handoff[]): Record<Priority, number> {
  const counts: Record<Priority, number> = { urgent: 0, high: 0, normal: 0, low: 0 }
  for (const handoff of handoffs) counts[handoff.priority] += 1
  return counts
}

export function skillGroupsIn(handoffs: Handoff[]): { name: string; label: string }[] {
  const groups = new Map(handoffs.map((each) => [each.skill_group, each.skill_group_label]))
  return [...groups].map(([name, label]) => ({ name, label }))
}

/** Since when a user has been waiting for an answer from their agent; null when it is the user's turn. */
export function awaitingReplySince(assignment: Assignment): string | null {
  const last = assignment.last_message
  return last?.author === 'user' ? last.created_at : null
}

function rank(priority: Priority): number {
  const place = PRIORITIES.indexOf(priority)
  return place < 0 ? PRIORITIES.length : place
}

function takenAt(assignment: Assignment): number {
  return Date.parse(assignment.handoff.assigned_at ?? assignment.handoff.waiting_since)
}

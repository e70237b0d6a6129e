/** The contract's shapes, made from the state. */
import { TRANSITIONS } from './state.mjs'
import { label } from './words.mjs'

const nameOf = (state, agentId) => state.agents.find((each) => each.id === agentId)?.name ?? null

export function agentView({ password, ...agent }) {
  return agent
}

export function handoffView(state, handoff, language) {
  const say = (code) => label(language, code)
  return {
    ...handoff,
    reason_label: say(handoff.reason), topic_label: say(handoff.topic), skill_group_label: say(handoff.skill_group),
    agent_name: nameOf(state, handoff.agent_id),
    brief: {
      ...handoff.brief,
      topic_label: say(handoff.topic),
      slots: handoff.brief.slots.map((slot) => ({ ...slot, label: say(slot.name) })),
    },
  }
}

export function caseView(kase, language) {
  const say = (code) => label(language, code)
  return {
    ...kase,
    topic_label: say(kase.topic), skill_group_label: say(kase.skill_group),
    fields: kase.fields.map((field) => ({ ...field, label: say(field.name) })),
    events: kase.events.map((event) => ({ ...event, what_label: say(event.what) })),
    allowed_transitions: TRANSITIONS[kase.state],
  }
}

export function conversationView(state, conversation, language) {
  const handoff = state.handoffs.get(conversation.handoff_id)
  const kase = state.cases.get(conversation.case_number)
  return {
    conversation_id: conversation.conversation_id, owner: conversation.owner, agent_id: conversation.agent_id,
    agent_name: nameOf(state, conversation.agent_id), epoch: conversation.epoch, locale: conversation.locale,
    handoff: handoff ? handoffView(state, handoff, language) : null,
    case: kase ? caseView(kase, language) : null,
    messages: conversation.messages.slice(-500),
  }
}

export function ownershipOf(state, conversation) {
  return { owner: conversation.owner, agent_name: nameOf(state, conversation.agent_id), epoch: conversation.epoch }
}

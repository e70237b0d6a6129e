import { beforeEach, describe, expect, it } from 'vitest'
import { createConversation, type Conversation } from '@/stores/conversation'
import { createMemory } from '@/stores/memory'
import { ApiError } from '@/api/error'
import { attachment, FakeDesk, FakeStorage, kase, lin, message, notOwner, settled, unreachable } from '../fakes'

let desk: FakeDesk
let storage: FakeStorage
let later: (() => void)[]

/** As after a reload: a new store over what the browser kept. */
function open(): Conversation {
  let ids = 0
  return createConversation('c1', {
    desk,
    memory: createMemory(storage, lin.id),
    agentId: lin.id,
    newId: () => `id-${(ids += 1)}`,
    later: (work) => later.push(work),
  })
}

async function loaded(): Promise<Conversation> {
  const conversation = open()
  await conversation.load()
  return conversation
}

const texts = (conversation: Conversation) => conversation.state.transcript.shown.map((each) => each.text)
const draft = () => createMemory(storage, lin.id).draft('c1')

beforeEach(() => {
  desk = new FakeDesk()
  storage = new FakeStorage()
  later = []
  desk.view.messages = [message(1), message(2)]
})

describe('receiving', () => {
  it('fetches what is missing when a number was skipped', async () => {
    const conversation = await loaded()
    desk.view.messages.push(message(3), message(4))
    conversation.receive([message(4)])
    await settled()
    expect(texts(conversation)).toEqual(['text 1', 'text 2', 'text 3', 'text 4'])
  })

  it('tries again later when the missing part cannot be fetched', async () => {
    const conversation = await loaded()
    desk.view.messages.push(message(3), message(4))
    desk.failNext('messagesAfter', unreachable())
    conversation.receive([message(4)])
    await settled()
    expect(texts(conversation)).toHaveLength(2)
    later[0]!()
    await settled()
    expect(texts(conversation)).toHaveLength(4)
  })

  it('does not take an early announcement for the beginning', async () => {
    const conversation = open()
    const loading = conversation.load()
    conversation.receive([message(3)])
    await loading
    expect(texts(conversation)).toEqual(['text 1', 'text 2', 'text 3'])
  })

  it('catches up with what was said while the line was down', async () => {
    const conversation = await loaded()
    desk.view.messages.push(message(3))
    await conversation.resume()
    expect(texts(conversation)).toHaveLength(3)
  })

  it('catches up with more than one page', async () => {
    const conversation = await loaded()
    desk.view.messages.push(...Array.from({ length: 1100 }, (_, at) => message(at + 3)))
    await conversation.resume()
    expect(texts(conversation)).toHaveLength(1102)
  })

  it('fetches earlier messages page by page, down to the first', async () => {
    const everything = Array.from({ length: 700 }, (_, at) => message(at + 1))
    desk.view.messages = everything.slice(-100)
    const conversation = await loaded()
    desk.view.messages = everything
    await conversation.loadEarlier()
    expect(texts(conversation)).toHaveLength(600)
    await conversation.loadEarlier()
    expect(texts(conversation)).toHaveLength(700)
    desk.calls = []
    await conversation.loadEarlier()
    expect(desk.calls).toEqual([])
  })

  it('tells when earlier messages cannot be fetched, and keeps what it has', async () => {
    desk.view.messages = [message(8)]
    const conversation = await loaded()
    desk.failNext('messagesAfter', unreachable())
    await expect(conversation.loadEarlier()).rejects.toMatchObject({ code: 'unreachable' })
    expect(texts(conversation)).toEqual(['text 8'])
  })

  it('tells a conversation that is not there from one that cannot be reached', async () => {
    desk.failNext('conversation', new ApiError(404, 'not_found', ''))
    const conversation = await loaded()
    expect(conversation.state.status).toBe('failed')
    expect(conversation.state.error?.status).toBe(404)
    await conversation.load()
    expect(conversation.state.status).toBe('ready')
  })
})

describe('sending', () => {
  it('draws a message before the desk has it, and once after', async () => {
    const conversation = await loaded()
    const sending = conversation.send('你好')
    expect(conversation.state.pending.map((each) => each.state)).toEqual(['sending'])
    await sending
    expect(conversation.state.pending).toEqual([])
    expect(texts(conversation)).toEqual(['text 1', 'text 2', '你好'])
    expect(desk.sent[0]?.epoch).toBe(3)
  })

  it('is not doubled when the announcement overtakes the answer', async () => {
    const conversation = await loaded()
    const sending = conversation.send('你好')
    conversation.receive([message(3, { author: 'agent', client_id: 'id-1', text: '你好' })])
    expect(conversation.state.pending).toEqual([])
    await sending
    expect(texts(conversation)).toEqual(['text 1', 'text 2', '你好'])
  })

  it('keeps a failed message and retries it under the same client id', async () => {
    const conversation = await loaded()
    desk.failNext('send', unreachable())
    await conversation.send('你好')
    expect(conversation.state.pending[0]).toMatchObject({ state: 'failed', clientId: 'id-1' })
    await conversation.retry()
    expect(desk.sent.map((each) => each.clientId)).toEqual(['id-1'])
    expect(conversation.state.pending).toEqual([])
  })

  it('never lets a later message overtake a failed one', async () => {
    const conversation = await loaded()
    desk.failNext('send', unreachable())
    const first = conversation.send('一')
    const second = conversation.send('二')
    await Promise.all([first, second])
    expect(desk.sent).toEqual([])
    await conversation.retry()
    expect(desk.sent.map((each) => each.text)).toEqual(['一', '二'])
  })

  it('sends after a reload what could not be sent before it, once', async () => {
    const before = await loaded()
    desk.failNext('send', unreachable())
    await before.send('别丢了')
    // The first try had in fact arrived; only its answer was lost.
    desk.store('id-1', '别丢了')
    const after = await loaded()
    await after.resume()
    expect(texts(after).filter((text) => text === '别丢了')).toHaveLength(1)
    expect(after.state.pending).toEqual([])
  })

  it('keeps what is unsent while the conversation cannot even be loaded', async () => {
    createMemory(storage, lin.id).setUnsent('c1', [{ clientId: 'old', text: '别丢了', attachments: [], createdAt: '' }])
    desk.failNext('conversation', unreachable(), unreachable())
    const conversation = await loaded()
    await conversation.resume()
    expect(draft()).toBe('')
    expect(conversation.state.pending).toHaveLength(1)
    await conversation.resume()
    expect(desk.sent.map((each) => each.clientId)).toEqual(['old'])
  })

  it('gives a failed message back to be edited', async () => {
    const conversation = await loaded()
    desk.failNext('send', new ApiError(422, 'text_control_characters', ''))
    await conversation.send('坏字符')
    conversation.takeBack('id-1')
    expect(conversation.state.pending).toEqual([])
    expect(draft()).toBe('坏字符')
  })
})

describe('attachments', () => {
  it('go out with the words, drawn before the desk has them', async () => {
    const conversation = await loaded()
    const sending = conversation.send('看这张', [attachment('f_1')])
    expect(conversation.state.pending[0]?.attachments.map((each) => each.id)).toEqual(['f_1'])
    await sending
    expect(desk.sent[0]?.attachments.map((each) => each.id)).toEqual(['f_1'])
    expect(conversation.state.transcript.shown.at(-1)?.attachments).toHaveLength(1)
  })

  it('are sent after a reload with the message that could not be sent before it', async () => {
    const before = await loaded()
    desk.failNext('send', unreachable())
    await before.send('', [attachment('f_1')])
    const after = await loaded()
    await after.resume()
    expect(desk.sent.map((each) => each.attachments.map(({ id }) => id))).toEqual([['f_1']])
  })

  it('are uploaded again when the line that stopped them is back', async () => {
    const conversation = await loaded()
    conversation.tray.add([new File(['x'], 'a.pdf')])
    await desk.uploads[0]!.refuse(unreachable())
    await conversation.resume()
    expect(desk.uploads).toHaveLength(2)
  })

  it('come back into the tray with the text when a message is taken back', async () => {
    const conversation = await loaded()
    desk.failNext('send', new ApiError(422, 'attachment_not_yours', ''))
    await conversation.send('看这张', [attachment('f_1')])
    conversation.takeBack('id-1')
    expect(conversation.tray.items.map((each) => each.key)).toEqual(['f_1'])
    expect(draft()).toBe('看这张')
  })

  it('come back into the tray when the conversation is lost', async () => {
    const conversation = await loaded()
    desk.failNext('send', notOwner('小周', 4))
    desk.view = { ...desk.view, agent_id: 'a2', agent_name: '小周', epoch: 4 }
    await conversation.send('', [attachment('f_1')])
    expect(conversation.tray.items.map((each) => each.key)).toEqual(['f_1'])
  })
})

describe('its case', () => {
  beforeEach(() => {
    desk.view.case = kase('KF1')
    desk.known = kase('KF1', { csat: { score: 4, comment: '' } })
  })

  it('is looked at again when it changed, without the transcript', async () => {
    const conversation = await loaded()
    desk.calls = []
    await conversation.noteCase('KF1')
    expect(conversation.state.head?.case?.csat?.score).toBe(4)
    expect(desk.calls).toEqual(['case'])
  })

  it('is not looked at for another case’s sake', async () => {
    const conversation = await loaded()
    desk.calls = []
    await conversation.noteCase('KF2')
    expect(desk.calls).toEqual([])
  })

  it('stays as it was when it cannot be looked at', async () => {
    const conversation = await loaded()
    desk.failNext('case', new ApiError(404, 'not_found', ''))
    await conversation.noteCase('KF1')
    expect(conversation.state.head?.case?.number).toBe('KF1')
  })
})

describe('fencing', () => {
  it('stops writing, names who has it and keeps the text as a draft', async () => {
    const conversation = await loaded()
    desk.failNext('send', notOwner('小周', 4))
    desk.view = { ...desk.view, agent_id: 'a2', agent_name: '小周', epoch: 4 }
    await conversation.send('来晚了')
    expect(conversation.isMine.value).toBe(false)
    expect(conversation.state.lostTo?.agent_name).toBe('小周')
    expect(conversation.state.pending).toEqual([])
    expect(draft()).toBe('来晚了')
  })

  it('stays closed when who has it cannot be looked up', async () => {
    const conversation = await loaded()
    desk.failNext('send', notOwner('小周', 4))
    desk.failNext('messagesAfter', unreachable())
    desk.failNext('conversation', unreachable())
    await conversation.send('来晚了')
    expect(conversation.isMine.value).toBe(false)
    expect(conversation.state.head).toMatchObject({ agent_name: '小周', epoch: 4 })
  })

  it('does not hand back a message that had arrived after all', async () => {
    const conversation = await loaded()
    desk.failNext('send', notOwner('小周', 4))
    desk.store('id-1', '到了')
    desk.view = { ...desk.view, agent_id: 'a2', agent_name: '小周', epoch: 4 }
    await conversation.send('到了')
    expect(draft()).toBe('')
    expect(texts(conversation)).toContain('到了')
  })

  it('follows an announced change of owner', async () => {
    const conversation = await loaded()
    desk.view = { ...desk.view, agent_id: 'a2', agent_name: '小周', epoch: 4 }
    conversation.noteOwner({ owner: 'agent', agent_name: '小周', epoch: 4 })
    expect(conversation.isMine.value).toBe(false)
    await settled()
    expect(conversation.state.head?.agent_id).toBe('a2')
  })

  it('ignores news older than what it knows', async () => {
    const conversation = await loaded()
    conversation.noteOwner({ owner: 'queue', agent_name: null, epoch: 2 })
    conversation.apply({ ...desk.view, owner: 'queue', agent_id: null, epoch: 2 })
    expect(conversation.isMine.value).toBe(true)
  })

  it('opens again when the conversation comes back', async () => {
    const conversation = await loaded()
    conversation.noteOwner({ owner: 'queue', agent_name: null, epoch: 4 })
    conversation.apply({ ...desk.view, agent_id: 'a1', epoch: 5 })
    expect(conversation.isMine.value).toBe(true)
    expect(conversation.state.lostTo).toBeNull()
  })

  it('refuses to resolve what is no longer mine, and says so', async () => {
    const conversation = await loaded()
    desk.failNext('resolve', notOwner('小周', 4))
    desk.view = { ...desk.view, agent_id: 'a2', agent_name: '小周', epoch: 4 }
    await expect(conversation.resolve('')).rejects.toMatchObject({ code: 'not_owner' })
    expect(conversation.state.head?.agent_id).toBe('a2')
  })
})

describe('giving it up', () => {
  it('goes to the bot when resolved, without calling that a loss', async () => {
    const conversation = await loaded()
    await conversation.resolve('已核实')
    expect(conversation.state.head?.owner).toBe('bot')
    expect(conversation.state.lostTo).toBeNull()
  })

  it('is no loss even when the announcement overtakes the answer', async () => {
    const conversation = await loaded()
    const resolving = conversation.resolve('')
    conversation.noteOwner({ owner: 'bot', agent_name: null, epoch: 4 })
    await resolving
    expect(conversation.state.head?.owner).toBe('bot')
    expect(conversation.state.lostTo).toBeNull()
  })

  it('goes to the queue when released', async () => {
    const conversation = await loaded()
    await conversation.release()
    expect(conversation.state.head?.owner).toBe('queue')
    expect(conversation.isMine.value).toBe(false)
  })
})

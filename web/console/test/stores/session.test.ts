import { expect, it } from 'vitest'
import { ApiError } from '@/api/error'
import { createSession } from '@/stores/session'
import { FakeDesk, unreachable } from '../fakes'

it('knows who is signed in, or that nobody is', async () => {
  const desk = new FakeDesk()
  const session = createSession({ desk })
  await session.load()
  expect(session.state).toMatchObject({ status: 'in', agent: { login: 'lin' } })
  desk.failNext('me', new ApiError(401, 'token_invalid', ''))
  await session.load()
  expect(session.state).toMatchObject({ status: 'out', agent: null, expired: false })
})

it('does not take an unreachable desk for a lost session', async () => {
  const desk = new FakeDesk()
  desk.failNext('me', unreachable())
  const session = createSession({ desk })
  await expect(session.load()).rejects.toMatchObject({ status: 0 })
  expect(session.state.status).toBe('unknown')
})

it('calls a session expired only when there was one', async () => {
  const session = createSession({ desk: new FakeDesk() })
  session.expire()
  expect(session.state.expired).toBe(false)
  await session.load()
  session.expire()
  expect(session.state).toMatchObject({ status: 'out', agent: null, expired: true })
})

it('shows the duty the desk confirmed', async () => {
  const session = createSession({ desk: new FakeDesk() })
  await session.load()
  await session.setDuty(false)
  expect(session.state.agent?.on_duty).toBe(false)
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ApiError } from '@/api/error'
import { locale, t, wordFor } from '@/words'
import { detailLines } from '@/words/audit'
import { errorWords } from '@/words/errors'
import { fileSize } from '@/words/format'

const SRC = join(import.meta.dirname, '../../src')
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(vue|ts)$/.test(name))
const sources = files.map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }))

function messages(language: string): Map<string, string[]> {
  const text = readFileSync(join(SRC, `words/${language}.ftl`), 'utf8')
  const entries = text.split(/\n(?=[a-z])/).map((entry) => {
    const variables = [...entry.matchAll(/\$(\w+)/g)].map((found) => found[1]!)
    return [entry.slice(0, entry.indexOf(' =')).trim(), [...new Set(variables)].sort()] as const
  })
  return new Map(entries.filter(([id]) => id))
}

const zh = messages('zh-CN')
const en = messages('en')

afterEach(() => {
  locale.value = 'zh-CN'
})

describe('the words', () => {
  it('are the same in both languages, with the same variables', () => {
    expect(Object.fromEntries(en)).toEqual(Object.fromEntries(zh))
  })

  it('exist wherever one is asked for by name', () => {
    const calls = sources.flatMap(({ text }) => [...text.matchAll(/\bt\(([^()`]*)/g)].map((found) => found[1]!))
    const asked = calls.flatMap((call) => [...call.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map((found) => found[1]!))
    expect(asked.length).toBeGreaterThan(100)
    expect(asked.filter((id) => !zh.has(id))).toEqual([])
  })

  it('are all in use', () => {
    const text = sources.map((source) => source.text).join('\n')
    const families = [...text.matchAll(/[`'(]([a-z]+(?:-[a-z]+)*)(?:-\$\{|', )/g)].map((found) => `${found[1]}-`)
    families.push('composer-locked-', 'composer-lost-')
    const unused = [...zh.keys()].filter((id) => !text.includes(`'${id}'`) && !families.some((family) => id.startsWith(family)))
    expect(unused).toEqual([])
  })

  it('stand in the word files only', () => {
    const withChinese = sources.filter(({ text }) => /[\u4e00-\u9fff]/.test(text.replaceAll("'中文'", '').replaceAll("'、'", '')))
    expect(withChinese.map(({ name }) => name)).toEqual([])
  })

  it('follow the language chosen', () => {
    expect(t('claim')).toBe('接入')
    locale.value = 'en'
    expect(t('cases-count', { count: 1 })).toBe('One case')
    expect(t('cases-count', { count: 3 })).toBe('3 cases')
  })

  it('leave a value the console does not know as it is', () => {
    expect(wordFor('lookup-result', 'not_found')).toBe('没有查到')
    expect(wordFor('lookup-result', 'brand_new')).toBe('brand_new')
  })
})

describe('an audit entry', () => {
  it('tells a change of state and its note in words', () => {
    expect(detailLines({ from: 'open', to: 'resolved', note: '已核实' })).toEqual(['处理中 → 已解决', '已核实'])
  })

  it('tells apart what the user was told and what stays inside', () => {
    expect(detailLines({ note: '等截图', tell: '请补充截图' })).toEqual(['等截图', '已告诉用户：请补充截图'])
  })

  it('tells of new material and of a raised priority', () => {
    expect(detailLines({ count: 2 })).toEqual(['2 个附件'])
    expect(detailLines({ from: 'closed', to: 'open', priority: 'high' })).toEqual(['已关闭 → 处理中', '优先级改为「优先」'])
  })

  it('tells what the console does not know as it came', () => {
    expect(detailLines({ appeal_id: 'ap-1' })).toEqual(['appeal_id: ap-1'])
    expect(detailLines('一句话')).toEqual(['一句话'])
    expect(detailLines({})).toEqual([])
  })
})

describe('an error', () => {
  it('is said in known words, else in the desk’s, else in general ones', () => {
    expect(errorWords(new ApiError(401, 'login_failed', 'x'))).toBe('账号或密码不对')
    expect(errorWords(new ApiError(422, 'brand_new', '请换个说法'))).toBe('请换个说法')
    expect(errorWords(new ApiError(500, 'http_500', ''))).toBe('服务出了问题，请稍后再试')
    expect(errorWords(new Error('boom'))).toBe('没有成功，请再试一次')
  })
})

it('a limit is said in the refusal, in the unit it is set in', () => {
  const error = new ApiError(413, 'attachment_too_large', '', { limit: 50_000_000 })
  expect(errorWords(error)).toBe('文件太大，最大 50 MB')
})

it('a size is said as short as it can be', () => {
  expect([0, 999, 1500, 41_600, 2_450_000].map(fileSize)).toEqual(['0 B', '999 B', '1.5 KB', '42 KB', '2.5 MB'])
})

it('no component draws text as markup', () => {
  expect(sources.filter(({ text }) => /v-html|innerHTML/.test(text)).map(({ name }) => name)).toEqual([])
})

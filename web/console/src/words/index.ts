/** Every word the console says, by id, in the language in force. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import { ref } from 'vue'
import en from './en.ftl?raw'
import zh from './zh-CN.ftl?raw'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

export const locale = ref<Locale>('zh-CN')

const bundles: Record<Locale, FluentBundle> = { 'zh-CN': bundle('zh-CN', zh), en: bundle('en', en) }

function bundle(name: Locale, source: string): FluentBundle {
  // Isolation marks would end up in copied text; names here mix only Chinese and Latin.
  const made = new FluentBundle(name, { useIsolating: false })
  made.addResource(new FluentResource(source))
  return made
}

export function t(id: string, args?: Record<string, FluentVariable>): string {
  const words = bundles[locale.value]
  const pattern = words.getMessage(id)?.value
  return pattern ? words.formatPattern(pattern, args) : id
}

/** The word for a value the desk sent, or the value itself when this console does not know it yet. */
export function wordFor(prefix: string, value: string, args?: Record<string, FluentVariable>): string {
  const id = `${prefix}-${value.replace(/_/g, '-')}`
  return bundles[locale.value].hasMessage(id) ? t(id, args) : value
}

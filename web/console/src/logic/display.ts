/** Values of unknown shape as plain text: fields and audit details come from many forms. */

export function plain(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join('、')
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, each]) => [name, plain(each)] as const)
      .filter(([, text]) => text)
      .map(([name, text]) => `${name}: ${text}`)
      .join(' · ')
  }
  return String(value)
}

/** Links come from users: only the web's own schemes may become clickable. */
export function safeLink(link: string): string | null {
  try {
    const url = new URL(link)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
  } catch {
    return null
  }
}

/** A short handle for a conversation, for people to tell two apart. */
export function shortId(id: string): string {
  return id.replace(/[^0-9a-zA-Z]/g, '').slice(-6).toUpperCase()
}

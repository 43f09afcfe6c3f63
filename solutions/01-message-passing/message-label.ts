/** A message in a few characters, for an arrow or a lane where there is no room for more. */

/**
 * A text stands as it is. An object with a `kind` or a `type` begins with that,
 * and goes on with its other values: `{ kind: 'grant', token: 3 }` is *grant 3*.
 * Any other object names its members: *term: 2, votes: 1*.
 */
export function labelOf(message: unknown): string {
  if (typeof message === 'string') return message
  if (Array.isArray(message)) return `[${message.map(labelOf).join(' ')}]`
  if (typeof message !== 'object' || message === null) return String(message)
  const { kind, type, ...rest } = message as Readonly<Record<string, unknown>> // any object may have such members
  const name = kind ?? type
  if (typeof name === 'string') return [name, ...Object.values(rest).map(labelOf)].join(' ')
  return Object.entries(message)
    .map(([member, value]) => `${member}: ${labelOf(value)}`)
    .join(', ')
}

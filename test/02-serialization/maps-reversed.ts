/** The same value, with the entries of each of its maps in the opposite order. */
export function withMapsReversed(value: unknown): unknown {
  if (value instanceof Map) return new Map([...value].reverse().map(([key, item]) => [key, withMapsReversed(item)]))
  if (Array.isArray(value)) return value.map(withMapsReversed)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withMapsReversed(part)]))
}

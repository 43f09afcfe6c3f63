/** A value with one part of it replaced by something else, for laws about what encoders refuse. */

const oddities: readonly unknown[] = [
  undefined,
  null,
  -1,
  0.5,
  Number.NaN,
  2 ** 32,
  2 ** 53,
  -1n,
  2n ** 64n,
  2n ** 63n,
  true,
  'text',
  '\ud800',
  [],
  [undefined],
  {},
  new Map(),
  new Map<unknown, unknown>([
    ['a', 1],
    [Symbol('key'), 2],
  ]),
  new Uint8Array(1),
]

/** Replaces part number `place`, modulo their number, counted from the outside in, by oddity number `oddity`. */
export function spoiled(value: unknown, place: number, oddity: number): unknown {
  const target = place % partsOf(value)
  let seen = 0
  function copy(part: unknown): unknown {
    if (seen++ === target) return oddities[oddity % oddities.length]
    if (Array.isArray(part)) return part.map(copy)
    if (part instanceof Map) return new Map([...part].map(([key, item]) => [copy(key), copy(item)]))
    if (!isPlain(part)) return part
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, copy(item)]))
  }
  return copy(value)
}

/** How many parts there are, with the value itself. */
function partsOf(value: unknown): number {
  let inner: readonly unknown[] = []
  if (Array.isArray(value)) inner = value
  else if (value instanceof Map) inner = [...value.keys(), ...value.values()]
  else if (isPlain(value)) inner = Object.values(value)
  return inner.reduce((sum: number, part) => sum + partsOf(part), 1)
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
}

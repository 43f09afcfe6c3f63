/** The order of a map's keys in the compact format. */
import type { MapKey } from '#serialization/schema'

/**
 * Below 0 when `a` comes first, above 0 when `b` does, 0 when they are equal.
 * False comes before true; numbers are in their order; text is in the order of
 * its code points, which is also that of its UTF-8 bytes. JavaScript's `<`
 * compares 16-bit units, and puts U+1F600, which takes two of them, before U+FFFD.
 * For values that can't be keys of one map, the result has no meaning.
 */
export function compareKeys(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (typeof a === 'bigint' && typeof b === 'bigint') return a === b ? 0 : a < b ? -1 : 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return typeof a === 'boolean' && typeof b === 'boolean' ? Number(a) - Number(b) : 0
}

function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left === right) continue
    return rank(left) - rank(right)
  }
  return a.length - b.length
}

/** Halves of surrogate pairs stand for code points above all that fit into one unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** Whether a schema can be that of a map's keys. */
export function isKey(schema: { readonly kind: string }): schema is MapKey {
  return ['bool', 'u32', 'u53', 'u64', 'i64', 'string'].includes(schema.kind)
}

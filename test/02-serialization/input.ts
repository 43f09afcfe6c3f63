/** Bytes for checks: made from hexadecimal digits, and refused by what reads them. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { Malformed } from '#serialization/decoded'
import type { Source } from '#serialization/varint'
import { fromHex, hex } from './hex.ts'

/** The bytes that hexadecimal digits stand for, as a view of a larger buffer. Spaces don't count. */
export function input(digits: string): Uint8Array {
  const bytes = fromHex(digits)
  const received = new Uint8Array(bytes.length + 16).fill(0x55)
  received.set(bytes, 8)
  return received.subarray(8, 8 + bytes.length)
}

/** A place at the beginning of these bytes, or at another offset in them. */
export function sourceOf(digits: string, at = 0): Source {
  const bytes = input(digits)
  return { bytes, at, end: bytes.length }
}

/**
 * A place in a million bytes of `80`, each of which says that another follows.
 * Whoever looks at more than ten of them (a few more do no harm) is told so, and
 * doesn't have to come to the end first.
 */
export function endlessSource(at: number): Source {
  const bytes = new Uint8Array(1_000_000).fill(0x80)
  const watched = new Proxy(bytes, {
    get(target, key) {
      if (typeof key === 'string' && Number(key) >= at + 16)
        expect.fail('look at ten bytes at most: then it is no varint')
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { bytes: watched, at, end: bytes.length }
}

/** Where two byte arrays begin to differ: `'nowhere'`, or the offset and what stands there. */
export function differenceOf(found: Uint8Array, expected: Uint8Array): string {
  const lengthMax = Math.max(found.length, expected.length)
  for (let at = 0; at < lengthMax; at++) {
    if (found[at] === expected[at]) continue
    return `at ${at}: ${byteAt(found, at)} in the place of ${byteAt(expected, at)}`
  }
  return 'nowhere'
}

function byteAt(bytes: Uint8Array, at: number): string {
  return at < bytes.length ? hex(bytes.subarray(at, at + 1)) : 'the end'
}

/** The `Malformed` that `read` throws. Fails, with the rule, when it returns something or throws anything else. */
export function refusal(read: () => unknown, rule: string): Malformed {
  let returned: unknown
  try {
    returned = read()
  } catch (error) {
    if (error instanceof Malformed) return error
    throw isOfTheEngine(error) ? new Error(`${rule}: throw Malformed, and not ${error}`, { cause: error }) : error
  }
  return expect.fail(`${rule}: throw Malformed, and don't return ${inWords(returned)}`)
}

/** Whether it is an error that the engine throws at a slip, such as an offset beyond the end. */
export function isOfTheEngine(error: unknown): boolean {
  return error instanceof RangeError || error instanceof TypeError
}

/** Reads a number at offset 3, cut off after each of its bytes but the last. */
export function expectRefusedWhenCut(name: string, digits: string, read: (source: Source) => unknown): void {
  const pairs = digits.split(' ')
  for (let length = 0; length < pairs.length; length++) {
    const source = sourceOf(`00 00 00 ${pairs.slice(0, length).join(' ')}`, 3)
    const rule = `${length} of the ${pairs.length} bytes of ${name} are no number`
    expect(refusal(() => read(source), rule).offset, 'the number begins at 3, and that is where to look').toBe(3)
  }
}

function inWords(returned: unknown): string {
  if (returned instanceof Uint8Array) return hex(returned)
  if (typeof returned !== 'object' || returned === null)
    return typeof returned === 'string' ? JSON.stringify(returned) : String(returned)
  if ('at' in returned && 'end' in returned) return `a reader from ${returned.at} to ${returned.end}`
  return `an object of ${returned.constructor.name}`
}

/** Whole numbers of up to so many bits: as many short ones as long ones. */
export function wholeNumbers(bitsMax: number): fc.Arbitrary<bigint> {
  const anyBits = fc.bigInt({ min: 0n, max: 2n ** BigInt(bitsMax) - 1n })
  return fc.tuple(anyBits, fc.nat(bitsMax)).map(([bits, count]) => BigInt.asUintN(count, bits))
}

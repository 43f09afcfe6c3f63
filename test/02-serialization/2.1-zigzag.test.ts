import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unzigzag, writeVarint64, zigzag } from '#serialization/varint'
import { law } from '../law.ts'

/** The first five are the table in the documentation of Protocol Buffers. */
const folds: readonly (readonly [bigint, bigint])[] = [
  [0n, 0n],
  [-1n, 1n],
  [1n, 2n],
  [-2n, 3n],
  [2_147_483_647n, 4_294_967_294n],
  [-2_147_483_648n, 4_294_967_295n],
  [2n ** 63n - 1n, 2n ** 64n - 2n],
  [-(2n ** 63n), 2n ** 64n - 1n],
]

/** Signed 64-bit numbers: as many small ones as large ones. */
const signed = fc
  .tuple(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.integer({ min: 1, max: 64 }))
  .map(([bits, count]) => BigInt.asIntN(count, bits))

describe('zigzag', () => {
  test.each(folds)('folds %s to %s', (value, folded) => {
    expect(zigzag(value), 'from 0 up: twice the number; below 0: what lies between those').toBe(folded)
  })

  test.each(folds)('has %s unfolded from %s', (value, folded) => {
    expect(unzigzag(folded), 'even numbers were 0 and more, odd ones below 0').toBe(value)
  })

  test.each([2n ** 63n, -(2n ** 63n) - 1n])('refuses %s, by name', (value) => {
    const fold = () => zigzag(value)
    expect(fold, `${value} is no signed 64-bit number: throw a RangeError`).toThrow(RangeError)
    expect(fold, 'the error must name the number that was refused').toThrow(String(value))
  })

  test('makes small numbers short, whatever their sign', () => {
    const lengths = [-1n, 1n, -64n, 63n, -65n, 64n].map((value) => writeVarint64(new Uint8Array(16), 0, zigzag(value)))
    expect(lengths, '-64 to 63 fit into one byte, and the next ones into two').toEqual([1, 1, 1, 1, 2, 2])
  })

  test('whatever the number: unfolded, it is what it was', () =>
    law(signed, 500, async (value, story) => {
      const folded = zigzag(value)
      story.tell(`zigzag(${value}) returns ${folded}`)
      const unfolded = unzigzag(folded)
      story.tell(`unzigzag(${folded}) returns ${unfolded}`)
      expect(unfolded, 'nothing may be lost').toBe(value)
    }))

  test('whatever the numbers: what is nearer to 0 stays nearer to 0', () =>
    law(fc.tuple(signed, signed), 500, async ([a, b], story) => {
      const [foldedA, foldedB] = [zigzag(a), zigzag(b)]
      story.tell(`zigzag(${a}) returns ${foldedA}, and zigzag(${b}) returns ${foldedB}`)
      const distance = (value: bigint) => (value < 0n ? -value : value)
      if (distance(a) < distance(b)) expect(foldedA < foldedB, 'the nearer one must be the smaller').toBe(true)
      expect(foldedA >= 0n && foldedA < 2n ** 64n, 'a folded number has 64 bits and no sign').toBe(true)
    }))
})

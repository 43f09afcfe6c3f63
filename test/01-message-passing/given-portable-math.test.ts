import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exp, ln } from '#message-passing/portable-math'

/** How far apart two numbers are, in units of the last place of the second. */
function lastPlaces(actual: number, expected: number): number {
  return Math.abs(actual - expected) / (Math.abs(expected) * Number.EPSILON || Number.MIN_VALUE)
}

test('a logarithm is right to the last few places, for every size of number', () => {
  fc.assert(
    fc.property(fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true }), (x) => {
      const near = Math.abs(ln(x) - Math.log(x)) < 2 * Number.EPSILON // around ln 1 = 0 a relative error says nothing
      expect(near || lastPlaces(ln(x), Math.log(x)) < 8, `ln(${x}) is ${ln(x)}`).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test('an exponential is right to within its argument’s own last place', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(lastPlaces(exp(x), Math.exp(x)), `exp(${x}) is ${exp(x)}`).toBeLessThan(8 + Math.abs(x))
    }),
    { numRuns: 2_000 },
  )
})

test('the ends of the range are what Math makes of them', () => {
  expect([0, 1, -1, Number.POSITIVE_INFINITY, Number.NaN].map(ln)).toEqual([
    Number.NEGATIVE_INFINITY,
    0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ])
  expect([0, -1_000, 1_000, Number.NaN].map(exp)).toEqual([1, 0, Number.POSITIVE_INFINITY, Number.NaN])
})

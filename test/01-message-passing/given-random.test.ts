/** Chance that can be had again: the generator under everything random. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '#message-passing/random'
import { chiSquareShare, hitShare, meanShare } from './goodness-of-fit.ts'

const SEEDS = [0, 1, 2, 0xffff_ffff]

function drawsOf(random: Random, count: number): readonly number[] {
  return Array.from({ length: count }, () => random.uniform())
}

/** How many of the draws fall into each of `classes` equal parts of [0, 1). */
function countsOf(draws: readonly number[], classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const draw of draws) {
    const at = Math.floor(draw * classes)
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}

function evenly(classes: number): readonly number[] {
  return new Array<number>(classes).fill(1 / classes)
}

/** How far two series lie from being uncorrelated, as a share of what chance explains. */
function correlationShare(a: readonly number[], b: readonly number[]): number {
  const products = a.map((draw, index) => (draw - 0.5) * ((b[index] ?? 0.5) - 0.5))
  return meanShare(products, 0, 1 / 12)
}

describe('the generator', () => {
  test('gives the same numbers for the same seed on every machine', () => {
    const draws = SEEDS.map((seed) => drawsOf(new Random(seed), 3).map((draw) => draw * 2 ** 32))
    expect(draws).toEqual([
      [50113177, 1317682150, 1654315219],
      [418128060, 3712186797, 1764717425],
      [2225210076, 3298484482, 2548702054],
      [2942350496, 3241640227, 2122369608],
    ])
  })

  test('draws from 0 up to and without 1, each part as often as every other', () => {
    for (const seed of SEEDS) {
      const draws = drawsOf(new Random(seed), 20_000)
      expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true)
      expect(chiSquareShare(countsOf(draws, 256), evenly(256)), `seed ${seed}`).toBeLessThan(1)
    }
  })

  test('uses its low bits as evenly as its high ones', () => {
    const low = drawsOf(new Random(5), 20_000).map((draw) => (draw * 2 ** 24) % 1)
    expect(chiSquareShare(countsOf(low, 256), evenly(256))).toBeLessThan(1)
  })

  test('draws each number without regard to the one before', () => {
    for (const seed of SEEDS) {
      const draws = drawsOf(new Random(seed), 20_000)
      const pairs = draws.slice(1).map((draw, index) => (Math.floor(draw * 16) + (draws[index] ?? 0)) / 16)
      expect(chiSquareShare(countsOf(pairs, 256), evenly(256)), `seed ${seed}: pairs`).toBeLessThan(1)
    }
  })

  test('gives unrelated numbers for neighbouring seeds', () => {
    const firsts = Array.from({ length: 4_000 }, (_, seed) => new Random(seed).uniform())
    expect(chiSquareShare(countsOf(firsts, 64), evenly(64)), 'the first draws of seeds 0 to 3,999').toBeLessThan(1)
    expect(correlationShare(firsts.slice(1), firsts), 'seed n and seed n + 1').toBeLessThan(1)
  })

  test.each([-1, 0.5, 2 ** 32, Number.NaN, Infinity])('refuses %d as a seed', (seed) => {
    expect(() => new Random(seed)).toThrow(String(seed))
  })
})

describe('a whole number', () => {
  test('lies within its bounds, each as often as every other', () => {
    const random = new Random(3)
    const counts = new Array<number>(6).fill(0)
    for (let n = 0; n < 6_000; n++) {
      const at = random.integer(-2, 4) + 2
      counts[at] = (counts[at] ?? 0) + 1
    }
    expect(counts.length, 'one lay outside').toBe(6)
    expect(chiSquareShare(counts, evenly(6))).toBeLessThan(1)
  })

  test('is the only one when there is one', () => {
    expect(new Random(1).integer(7, 8)).toBe(7)
  })

  test.each([
    [3, 3],
    [4, 3],
    [Number.NaN, 3],
  ])('from %d up to and without %d does not exist', (least, end) => {
    expect(() => new Random(1).integer(least, end)).toThrow(RangeError)
  })
})

describe('a chance', () => {
  test('comes true as often as its probability says', () => {
    for (const probability of [0.01, 0.5, 0.99]) {
      const random = new Random(9)
      const hits = Array.from({ length: 10_000 }, () => random.chance(probability)).filter(Boolean).length
      expect(hitShare(hits, 10_000, probability), `${hits} of 10,000 at ${probability}`).toBeLessThan(1)
    }
  })

  test('of 0 or 1 is none: it draws nothing, and so a fault that is off changes nothing else', () => {
    const [random, untouched] = [new Random(4), new Random(4)]
    expect([random.chance(0), random.chance(1), random.chance(-1), random.chance(2)]).toEqual([
      false,
      true,
      false,
      true,
    ])
    expect(random.uniform()).toBe(untouched.uniform())
  })
})

describe('a fork', () => {
  test('depends on the seed and the name alone, however much was drawn', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ minLength: 1 }), fc.nat(20), (seed, name, draws) => {
        const random = new Random(seed)
        const before = random.fork(name)
        drawsOf(random, draws)
        expect(drawsOf(random.fork(name), 5)).toEqual(drawsOf(before, 5))
      }),
    )
  })

  test('draws nothing from the one that it was made of', () => {
    const [forked, untouched] = [new Random(4), new Random(4)]
    drawsOf(forked.fork('a'), 10)
    expect(forked.uniform()).toBe(untouched.uniform())
  })

  test('is unrelated to the one that it was made of, and to those of other names and seeds', () => {
    const root = new Random(1)
    const names = ['a', 'b', 'ab', 'ba', 'host a', 'host b', 'link a -> b', 'link b -> a']
    const series = [
      root,
      ...names.map((name) => root.fork(name)),
      new Random(2).fork('host a'),
      root.fork('a').fork('a'),
    ]
    const draws = series.map((random) => drawsOf(random, 2_000))
    for (const [index, one] of draws.entries()) {
      for (const other of draws.slice(index + 1)) expect(correlationShare(one, other)).toBeLessThan(1)
    }
  })
})

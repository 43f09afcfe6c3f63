import { describe, expect, test } from 'vitest'
import {
  constant,
  type Distribution,
  exponential,
  logNormal,
  normal,
  pareto,
  poisson,
  uniform,
} from '#message-passing/distributions'
import { Random } from '#message-passing/random'
import {
  average,
  chiSquareShare,
  distanceRule,
  distanceShare,
  hitRule,
  hitShare,
  meanRule,
  meanShare,
  normalCumulative,
} from './goodness-of-fit.ts'

const SEEDS = [1, 2, 3]
const DRAWS = 5_000

/** Always draws the same, to look at one point of a distribution. */
class Stuck extends Random {
  readonly #drawn: number

  constructor(drawn: number) {
    super(0)
    this.#drawn = drawn
  }

  override uniform(): number {
    return this.#drawn
  }
}

/** The least and the greatest number that `Random.uniform` can draw. */
const EXTREMES = [0, 1 - 2 ** -32]

/** The name, how to make it, the share of values up to x, the mean, the standard deviation. */
const continuous: readonly [string, () => Distribution, (x: number) => number, number, number][] = [
  ['uniform from 20 to 60', () => uniform(20, 60), (x) => (x - 20) / 40, 40, 40 / Math.sqrt(12)],
  ['exponential with mean 50', () => exponential(50), (x) => 1 - Math.exp(-x / 50), 50, 50],
  ['exponential with mean 0.2', () => exponential(0.2), (x) => 1 - Math.exp(-x / 0.2), 0.2, 0.2],
  ['normal around 100 with deviation 15', () => normal(100, 15), (x) => normalCumulative((x - 100) / 15), 100, 15],
  [
    'log-normal with median 80 and sigma 0.5',
    () => logNormal(80, 0.5),
    (x) => normalCumulative(Math.log(x / 80) / 0.5),
    80 * Math.exp(0.125),
    80 * Math.exp(0.125) * Math.sqrt(Math.exp(0.25) - 1),
  ],
  ['Pareto from 10 with alpha 5', () => pareto(10, 5), (x) => 1 - (10 / x) ** 5, 12.5, Math.sqrt(500 / 48)],
  ['Pareto from 3 with alpha 1', () => pareto(3, 1), (x) => 1 - 3 / x, Infinity, Infinity],
]

describe.each(continuous)('%s', (_name, make, cumulative, mean, deviation) => {
  test('is spread as its distribution function says', () => {
    for (const seed of SEEDS) {
      const draws = drawsOf(make(), seed)
      const rule = `seed ${seed}: ${distanceRule(draws, cumulative)}`
      expect(distanceShare(draws, cumulative), rule).toBeLessThan(1)
    }
  })

  if (mean === Infinity) return

  test('has the right mean and the right variance', () => {
    for (const seed of SEEDS) {
      const draws = drawsOf(make(), seed)
      const meanIs = meanRule(`seed ${seed}: the mean`, average(draws), mean)
      expect(meanShare(draws, mean, deviation), meanIs).toBeLessThan(1)
      const squares = draws.map((draw) => ((draw - mean) / deviation) ** 2)
      const spread = Math.sqrt(average(squares.map((square) => (square - 1) ** 2)))
      const what = `seed ${seed}: the mean is right, and the variance`
      const varianceIs = meanRule(what, average(squares) * deviation ** 2, deviation ** 2)
      expect(meanShare(squares, 1, spread), varianceIs).toBeLessThan(1)
    }
  })
})

describe('by inversion', () => {
  test('the middle of what can be drawn gives the median', () => {
    const middle = new Stuck(0.5)
    expect(exponential(10)(middle), 'half of all waits are over after mean · ln 2').toBeCloseTo(10 * Math.LN2, 9)
    expect(pareto(10, 2)(middle), 'half of all values lie below least · 2^(1 / alpha)').toBeCloseTo(10 * Math.SQRT2, 9)
  })

  test.each(EXTREMES)('a draw of %d gives a finite number that can be', (drawn) => {
    const random = new Stuck(drawn)
    const wait = exponential(10)(random)
    expect(Number.isFinite(wait), `exponential gave ${wait}: uniform() draws 0, never 1, and log 0 is -Infinity`).toBe(
      true,
    )
    expect(wait, 'nothing waits for less than no time').toBeGreaterThanOrEqual(0)
    const size = pareto(10, 2)(random)
    expect(Number.isFinite(size), `pareto gave ${size}: uniform() draws 0, never 1, and 1 / 0 is Infinity`).toBe(true)
    expect(size, '`least` is the least').toBeGreaterThanOrEqual(10)
  })

  test('a wait that has lasted long is not nearer to its end: the exponential distribution has no memory', () => {
    const waits = drawsOf(exponential(50), 4)
    const left = waits.filter((wait) => wait > 40).map((wait) => wait - 40)
    expect(left.length, 'a wait above 40 is nothing rare').toBeGreaterThan(1_500)
    const whole = (x: number) => 1 - Math.exp(-x / 50)
    const rule = `what is left after 40 is spread as the whole was: ${distanceRule(left, whole)}`
    expect(distanceShare(left, whole), rule).toBeLessThan(1)
  })

  test('the tail of a Pareto distribution is heavy: one value in 10^alpha is more than ten times the least', () => {
    const far = drawsOf(pareto(1, 1), 5).filter((value) => value > 10).length
    const probability = 0.1
    const rule = hitRule(`${far} of ${DRAWS} values were more than ten times the least`, probability)
    expect(hitShare(far, DRAWS, probability), rule).toBeLessThan(1)
  })
})

describe('counts of events', () => {
  test('are spread as Poisson says', () => {
    const below10 = Array.from({ length: 10 }, (_, count) => poissonProbability(4, count))
    const probabilities = [...below10, below10.reduce((left, probability) => left - probability, 1)]
    for (const seed of SEEDS) {
      const draws = drawsOf(poisson(4), seed)
      const counts = probabilities.map((_, count) => draws.filter((draw) => Math.min(draw, 10) === count).length)
      const seen = `seed ${seed}: the counts 0, 1, 2, … came ${counts.join(', ')} times`
      const wanted = probabilities.map((probability) => Math.round(probability * DRAWS)).join(', ')
      const rule = `${seen}, and should come about ${wanted} times. Chi-square, in units of the greatest that chance explains`
      expect(chiSquareShare(counts, probabilities), rule).toBeLessThan(1)
    }
  })

  test('a mean far below 1 gives 0 nearly always', () => {
    const some = drawsOf(poisson(0.001), 6).filter((count) => count > 0).length
    expect(some, `${some} of ${DRAWS} spans had an event; about 5 were expected`).toBeLessThan(40)
  })
})

test('a constant is no chance at all', () => {
  expect(
    drawsOf(constant(7), 1).every((draw) => draw === 7),
    'every draw must be 7',
  ).toBe(true)
})

test('the same seed gives the same draws, and each draw is taken from the `Random` that was passed', () => {
  for (const [name, make] of continuous) {
    expect(drawsOf(make(), 9), `${name}: the second run differs`).toEqual(drawsOf(make(), 9))
    expect(drawsOf(make(), 9), `${name}: the seed makes no difference`).not.toEqual(drawsOf(make(), 10))
  }
})

describe('bad parameters are refused where they are given, and the error names them', () => {
  test.each([
    ['a mean of 0', () => exponential(0), '0'],
    ['a mean below 0', () => exponential(-3), '-3'],
    ['a mean that is no number', () => exponential(Number.NaN), 'NaN'],
    ['an infinite mean', () => exponential(Infinity), 'Infinity'],
    ['a least value of 0', () => pareto(0, 1), '0'],
    ['an alpha below 0', () => pareto(1, -2), '-2'],
    ['an alpha that is no number', () => pareto(1, Number.NaN), 'NaN'],
    ['a range whose end is before its beginning', () => uniform(5, 3), '5'],
    ['a deviation of 0', () => normal(10, 0), '0'],
    ['a median below 0', () => logNormal(-1, 1), '-1'],
    ['a sigma that is no number', () => logNormal(1, Number.NaN), 'NaN'],
    ['a count of -1', () => poisson(-1), '-1'],
  ])('%s', (_name, make, named) => {
    expect(
      make,
      'this must be refused with a RangeError when the distribution is made, before anything is drawn',
    ).toThrow(RangeError)
    expect(make, `the error must name the value ${named}`).toThrow(named)
  })
})

function drawsOf(distribution: Distribution, seed: number): readonly number[] {
  const random = new Random(seed)
  return Array.from({ length: DRAWS }, () => distribution(random))
}

function poissonProbability(mean: number, count: number): number {
  let probability = Math.exp(-mean)
  for (let n = 1; n <= count; n++) probability *= mean / n
  return probability
}

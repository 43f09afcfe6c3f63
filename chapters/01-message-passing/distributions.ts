// Exercise 1.5, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/01-message-passing/1.5-simulation.md, then let `npm run check 1.5` tell you how far you are.
// Stub a6207688: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * How chance is spread: for latencies, sizes, and times between failures.
 *
 * Each function returns a `Distribution`, which draws one number at a time from
 * a `Random`. Most work by inversion: a uniform number is put through the
 * inverse of the distribution function (Devroye, "Non-Uniform Random Variate
 * Generation", 1986, chapter II).
 */
import { exp, ln } from '#message-passing/portable-math'
import type { Random } from '#message-passing/random'
import { unimplemented } from '#unimplemented'

export type Distribution = (random: Random) => number

/** Always the same. */
export function constant(value: number): Distribution {
  return () => value
}

/** Every value from `least` to `most` with the same density. */
export function uniform(least: number, most: number): Distribution {
  if (!(least <= most)) throw new RangeError(`a uniform distribution needs least <= most, not ${least} and ${most}`)
  return (random) => least + (most - least) * random.uniform()
}

/**
 * The time to the next event when events come at a constant rate, whatever happened before.
 * Throws a `RangeError` when `mean` is not a finite number above 0.
 *
 * @exercise 1.5a Invert 1 - e^(-x / mean).
 */
export function exponential(mean: number): Distribution {
  throw unimplemented('1.5a', 'Invert 1 - e^(-x / mean).')
}

/**
 * The sum of many small influences. By Marsaglia's polar method (1964): a point in the
 * unit circle, drawn at random, gives a direction without a sine or a cosine.
 */
export function normal(mean: number, deviation: number): Distribution {
  requirePositive('the standard deviation of a normal distribution', deviation)
  return (random) => {
    for (;;) {
      const x = 2 * random.uniform() - 1
      const y = 2 * random.uniform() - 1
      const square = x * x + y * y // below 1 in 78 of 100 draws
      if (square > 0 && square < 1) return mean + deviation * x * Math.sqrt((-2 * ln(square)) / square)
    }
  }
}

/** The product of many small influences, as latencies are: half of the values lie below `median`, a few far above. */
export function logNormal(median: number, sigma: number): Distribution {
  requirePositive('the median of a log-normal distribution', median)
  const exponent = normal(0, sigma)
  return (random) => median * exp(exponent(random))
}

/**
 * A heavy tail: one value in 10^`alpha` is more than ten times `least`. The mean is infinite for `alpha` <= 1.
 * Throws a `RangeError` when one of them is not a finite number above 0.
 *
 * @exercise 1.5a Invert 1 - (least / x)^alpha.
 */
export function pareto(least: number, alpha: number): Distribution {
  throw unimplemented('1.5a', 'Invert 1 - (least / x)^alpha.')
}

/** How many events happen in a span of time in which `mean` are expected. Costs O(mean). */
export function poisson(mean: number): Distribution {
  requirePositive('the mean of a Poisson distribution', mean)
  const gap = exponential(1)
  return (random) => {
    let events = -1
    for (let passed = 0; passed < mean; passed += gap(random)) events += 1
    return events
  }
}

function requirePositive(what: string, value: number): void {
  if (!(value > 0) || value === Infinity) throw new RangeError(`${what} is a finite number above 0, not ${value}`)
}

/**
 * Whether numbers that were drawn follow the distribution that was promised.
 *
 * The bounds are set so that a correct generator exceeds one of them with one
 * seed in a million. The seeds are fixed: who passes once passes always.
 */

/** The quantile of the standard normal distribution that is exceeded once in a million draws, counting both ends. */
const DEVIATIONS_MAX = 4.892

/**
 * The statistic of Kolmogorov and Smirnov, as a share of the greatest value that chance explains: the greatest
 * distance between the share of `draws` up to x and the distribution function `cumulative(x)`. Above 1 they disagree.
 */
export function distanceShare(draws: readonly number[], cumulative: (x: number) => number): number {
  const sorted = [...draws].sort((a, b) => a - b)
  const distances = sorted.map((draw, index) => {
    const expected = cumulative(draw)
    return Math.max(expected - index / sorted.length, (index + 1) / sorted.length - expected)
  })
  const mostExplained = Math.sqrt(-Math.log(1e-6 / 2) / 2 / sorted.length)
  return greatest(distances) / mostExplained
}

/** Where draws and distribution function are farthest apart, in words: the rule of a check of `distanceShare`. */
export function distanceRule(draws: readonly number[], cumulative: (x: number) => number): string {
  const sorted = [...draws].sort((a, b) => a - b)
  const distances = sorted.map((draw, index) => Math.abs((index + 1) / sorted.length - cumulative(draw)))
  const index = distances.indexOf(greatest(distances))
  const place = sorted[index]
  if (place === undefined) return `a draw is no number: ${draws.find(Number.isNaN)}`
  const seen = `${percent((index + 1) / sorted.length)} of the draws are not above ${place.toPrecision(4)}`
  return `${seen}, and ${percent(cumulative(place))} should be. ${distanceUnit}`
}

/** What a check of `meanShare` compares, in words. */
export function meanRule(what: string, seen: number, expected: number): string {
  return `${what} is ${seen.toPrecision(4)}, and should be about ${expected.toPrecision(4)}. ${distanceUnit}`
}

/** What a check of `hitShare` compares, in words. `seen` says how many hits there were in how many tries. */
export function hitRule(seen: string, probability: number): string {
  return `${seen}, and about ${percent(probability)} should be. ${distanceUnit}`
}

const distanceUnit = 'The distance, in units of the greatest that chance explains'

/**
 * Pearson's chi-square, as a share of the greatest value that chance explains. Above 1 the counts disagree with the
 * probabilities. Each class should be expected at least five times.
 */
export function chiSquareShare(counts: readonly number[], probabilities: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const chiSquare = counts.reduce((sum, count, index) => {
    const expected = total * (probabilities[index] ?? 0)
    return sum + (count - expected) ** 2 / expected
  }, 0)
  const freedom = counts.length - 1
  const spread = 2 / (9 * freedom)
  const mostExplained = freedom * (1 - spread + 4.753 * Math.sqrt(spread)) ** 3 // Wilson and Hilferty (1931)
  return chiSquare / mostExplained
}

/** How far the mean of `draws` lies from `mean`, as a share of what chance explains. Above 1 it is too far. */
export function meanShare(draws: readonly number[], mean: number, deviation: number): number {
  const distance = Math.abs(average(draws) - mean)
  return distance / ((DEVIATIONS_MAX * deviation) / Math.sqrt(draws.length))
}

/** How far the share of hits lies from `probability`, as a share of what chance explains. Above 1 it is too far. */
export function hitShare(hits: number, tries: number, probability: number): number {
  const deviation = Math.sqrt(tries * probability * (1 - probability))
  return Math.abs(hits - tries * probability) / (DEVIATIONS_MAX * deviation)
}

export function average(draws: readonly number[]): number {
  return draws.reduce((sum, draw) => sum + draw, 0) / draws.length
}

/** The distribution function of the standard normal distribution, to six digits (Abramowitz and Stegun, 7.1.26). */
export function normalCumulative(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2)
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const tail = (series * Math.exp((-x * x) / 2)) / 2
  return x > 0 ? 1 - tail : tail
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function greatest(numbers: readonly number[]): number {
  return numbers.reduce((most, each) => Math.max(most, each), -Infinity)
}

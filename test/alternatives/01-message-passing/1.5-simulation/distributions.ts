/**
 * Other distributions: most of them are made of the exponential one. A Pareto
 * number is e to the power of an exponential one; a Poisson count multiplies
 * uniform numbers until the product is small (Knuth); a normal number is taken
 * from a point in the unit disc (Marsaglia's polar method).
 */
import type { Random } from '#message-passing/random'

export type Distribution = (random: Random) => number

export const constant =
  (value: number): Distribution =>
  () =>
    value

export function uniform(least: number, most: number): Distribution {
  if (Number.isNaN(least + most) || least > most) throw new RangeError(`nothing lies between ${least} and ${most}`)
  return (random) => {
    const share = random.uniform()
    return least * (1 - share) + most * share
  }
}

export function exponential(mean: number): Distribution {
  demandPositive({ mean })
  return (random) => -mean * Math.log1p(-random.uniform())
}

export function pareto(least: number, alpha: number): Distribution {
  demandPositive({ least, alpha })
  const exponent = exponential(1 / alpha)
  return (random) => least * Math.exp(exponent(random))
}

export function normal(mean: number, deviation: number): Distribution {
  demandPositive({ deviation })
  return (random) => {
    for (;;) {
      const [x, y] = [2 * random.uniform() - 1, 2 * random.uniform() - 1]
      const square = x * x + y * y
      if (square > 0 && square < 1) return mean + deviation * x * Math.sqrt((-2 * Math.log(square)) / square)
    }
  }
}

export function logNormal(median: number, sigma: number): Distribution {
  demandPositive({ median, sigma })
  const logarithm = normal(Math.log(median), sigma)
  return (random) => Math.exp(logarithm(random))
}

export function poisson(mean: number): Distribution {
  demandPositive({ mean })
  const enough = Math.exp(-mean)
  return (random) => {
    let count = 0
    for (let product = 1 - random.uniform(); product > enough; product *= 1 - random.uniform()) count++
    return count
  }
}

function demandPositive(parameters: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (!Number.isFinite(value) || value <= 0)
      throw new RangeError(`${name}: a number above 0, please, and not ${value}`)
  }
}

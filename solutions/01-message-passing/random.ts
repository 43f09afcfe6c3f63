/**
 * Chance as an argument. The same seed gives the same numbers, on every machine.
 *
 * The generator is xoshiro128** (Blackman and Vigna, "Scrambled Linear
 * Pseudorandom Number Generators", 2021): four 32-bit words of state, period
 * 2^128 - 1. Good for simulation, and no secret: never use it for keys.
 */
export class Random {
  readonly #seed: number
  #a: number
  #b: number
  #c: number
  #d: number

  /** Throws a `RangeError` when `seed` is not a whole number from 0 to 2^32 - 1. */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
      throw new RangeError(`a seed is a whole number from 0 to ${0xffff_ffff}, not ${seed}`)
    }
    this.#seed = seed
    this.#a = mix(seed)
    this.#b = mix(this.#a)
    this.#c = mix(this.#b)
    this.#d = mix(this.#c)
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  uniform(): number {
    return this.#next() / 0x1_0000_0000
  }

  /** A whole number from `least` up to and without `end`, each with the same chance (within 2^-32 of it). */
  integer(least: number, end: number): number {
    if (!(least < end)) throw new RangeError(`no whole number lies from ${least} up to and without ${end}`)
    return least + Math.floor(this.uniform() * (end - least))
  }

  /** True with the given probability. Draws nothing when it is 0 or 1. */
  chance(probability: number): boolean {
    return probability > 0 && (probability >= 1 || this.uniform() < probability)
  }

  /** A generator of its own, which depends on this one's seed and on `name` alone, however much is drawn elsewhere. */
  fork(name: string): Random {
    let hash = mix(this.#seed) // or else seed 1 with `b` would be seed 2 with `a`
    for (let index = 0; index < name.length; index++) hash = mix(hash ^ name.charCodeAt(index))
    return new Random(hash >>> 0)
  }

  #next(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotate(this.#d, 11)
    return result
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

/** Spreads a seed over 32 bits, so that neighbouring seeds give unrelated numbers: the finalizer of MurmurHash3. */
function mix(word: number): number {
  let hash = (word + 0x9e37_79b9) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return hash ^ (hash >>> 16)
}

/** Variety without chance: what makes the figures' tasks look alive and still lets a run be repeated exactly. */

/** A factor from 0.75 to 1.25 that looks like chance and is always the same for the same three numbers. */
export function unevenness(seed: number, task: number, turn: number): number {
  let bits = seed
  for (const part of [task, turn, 1]) {
    bits = Math.imul(bits ^ (part + 1), 0x9e3779b1)
    bits ^= bits >>> 15
  }
  return 0.75 + (bits >>> 0) / 2 ** 33
}

/**
 * A logarithm and an exponential function that give the same bits everywhere.
 *
 * `Math.log`, `Math.exp`, `Math.cos` and `**` may differ in their last digit from
 * engine to engine: the language leaves it to them. Node 20 and Node 24 differ in
 * `**`, Node and Chromium in all four. In a simulation a last digit decides which
 * of two messages arrives first, and then nothing is the same any more. Sums,
 * products, quotients and square roots are exact to the last bit (IEEE 754), and
 * so is what is made of them.
 */

/**
 * The natural logarithm, within some 2^-52 of it, relatively. `-Infinity` for 0, `NaN` below.
 *
 * x = m * 2^e with m close to 1, and ln m = 2 (s + s^3 / 3 + s^5 / 5 + ...), where s = (m - 1) / (m + 1).
 */
export function ln(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x === Infinity ? x : Number.NaN
  let mantissa = x
  let exponent = 0
  for (; mantissa >= Math.SQRT2; exponent++) mantissa /= 2
  for (; mantissa < Math.SQRT2 / 2; exponent--) mantissa *= 2
  const s = (mantissa - 1) / (mantissa + 1) // at most 0.172, so that 12 terms are enough
  const square = s * s
  let sum = 0
  for (let power = 23; power > 1; power -= 2) sum = (sum + 1 / power) * square
  return exponent * Math.LN2 + 2 * s * (1 + sum)
}

/**
 * e to the power of x, within some 2^-52 of it, relatively; beyond ±1 the error grows with x, to about 2^-43 at ±700.
 *
 * x = k ln 2 + r with r close to 0, and e^r = 1 + r + r^2 / 2! + r^3 / 3! + ...
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.2) return 0
  const doublings = Math.round(x / Math.LN2)
  const rest = x - doublings * Math.LN2 // at most 0.347, so that 16 terms are enough
  let power = 1
  for (let n = 16; n > 0; n--) power = 1 + (power * rest) / n
  for (let n = doublings; n > 0; n--) power *= 2
  for (let n = doublings; n < 0; n++) power /= 2
  return power
}

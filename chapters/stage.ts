/**
 * The stage on which a chapter's demo plays: what a demo gets from outside, so
 * that the same demo runs in a terminal, and in a test on a virtual clock.
 */
import type { Clock } from '#message-passing/clock'

export interface DemoStage {
  readonly clock: Clock
  /** Where all chance in the demo comes from: the same seed gives the same output. */
  readonly seed: number
  /** Shows one line of output. */
  print(line: string): void
  /** Flags that the demo defines for itself: `--capacity 0` is `{ capacity: '0' }`, a bare `--fast` is `{ fast: true }`. */
  readonly options: Readonly<Record<string, string | true>>
}

/** What `chapters/NN-name/demo.ts` exports as `demo`. */
export type Demo = (stage: DemoStage) => Promise<void>

/** A flag of the demo was given a value that it can't have. */
export class BadFlag extends Error {
  override readonly name = 'BadFlag'
}

/** The whole number from 0 up that a flag gives, or `otherwise` when it wasn't given. Throws `BadFlag`. */
export function wholeNumber(options: DemoStage['options'], flag: string, otherwise: number): number {
  const text = options[flag]
  if (text === undefined) return otherwise
  const number = Number(text)
  if (text !== true && /^\d+$/.test(text) && Number.isSafeInteger(number)) return number
  throw new BadFlag(`--${flag} takes a whole number from 0 up, not ${text === true ? 'nothing' : text}`)
}

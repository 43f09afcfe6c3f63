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

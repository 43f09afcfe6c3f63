/** The worker's side of a run. See `recorder`. */
import type { Order, Piece, Trouble } from './recorder.ts'

/** What happened is handed over in pieces of this length. */
const PIECE_MS = 5_000

type Simulate<Setup, Input, Fact> = (
  setup: Setup,
  inputs: readonly Input[],
  untilMs: number,
  listen: (facts: readonly Fact[], reachedMs: number, trouble?: Trouble) => boolean,
) => Promise<void>

/** Carries out each order that the page sends. A new order ends the run before it at its next step. */
export function serveRuns<Setup, Input, Fact>(simulate: Simulate<Setup, Input, Fact>): void {
  let latest = 0
  const say = (piece: Piece<Fact>) => self.postMessage(piece)
  self.onmessage = (event: MessageEvent<Order<Setup, Input>>) => {
    const { run, setup, inputs, untilMs } = event.data
    latest = run
    let facts: Fact[] = []
    let saidMs = 0
    const listen = (more: readonly Fact[], reachedMs: number, trouble?: Trouble) => {
      if (run !== latest) return false
      facts.push(...more)
      if (trouble !== undefined || reachedMs >= untilMs || reachedMs - saidMs >= PIECE_MS) {
        say({ run, facts, reachedMs, trouble })
        facts = []
        saidMs = reachedMs
      }
      return true
    }
    simulate(setup, inputs, untilMs, listen).catch((error: unknown) => {
      const sentence = error instanceof Error ? error.message : String(error)
      say({ run, facts, reachedMs: saidMs, trouble: { atMs: saidMs, sentence } })
    })
  }
}

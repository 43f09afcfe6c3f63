/** A simulated world for checks: hosts that listen, and a run that must come back. */
import { Simulation, type SimulationOptions } from '#message-passing/simulation'
import { observe, settle } from '../observe.ts'

/** How long a run of these checks may take on this machine: long enough if each event waits for a timer of 0 ms. */
const RUN_MS_MAX = 800

/** A run in which no event is counted for so long, and for so many turns of the event loop, stands still. */
const STILL_MS_MAX = 300
const STILL_TURNS_MAX = 500

/** A world of hosts that write down what they hear: `'b heard hello from a at 12 ms'`. */
export function listeningWorld(names: readonly string[], options: Partial<SimulationOptions<string>> = {}) {
  const simulation = new Simulation<string>({ seed: 1, ...options })
  const heard: string[] = []
  for (const name of names) {
    simulation.host(name, (host) => {
      host.onMessage((from, message) => {
        heard.push(`${name} heard ${message} from ${from} at ${simulation.nowMs} ms`)
      })
    })
  }
  /** At `atMs`, `from` sends each of the messages to `to`. */
  const sendAt = (atMs: number, from: string, to: string, ...messages: readonly string[]) => {
    simulation.at(atMs, () => {
      for (const message of messages) simulation.network.send(from, to, message)
    })
  }
  return { simulation, heard, sendAt }
}

/** A run that has not come back. `failureOf` passes it on: it is never the failure that a check expects. */
class StillRunning extends Error {
  override readonly name = 'AssertionError' // so that its message is shown as it stands
}

/** `run(untilMs)`. Fails when the run steps on and on: a check that awaited it would hang, and say nothing. */
export function ran<M>(simulation: Simulation<M>, untilMs: number): Promise<void> {
  return cameBack(simulation, untilMs, simulation.run(untilMs))
}

/** `runToEnd(untilMs)`, watched in the same way. */
export function ranToEnd<M>(simulation: Simulation<M>, untilMs: number): Promise<void> {
  return cameBack(simulation, untilMs, simulation.runToEnd(untilMs))
}

async function cameBack<M>(simulation: Simulation<M>, untilMs: number, running: Promise<void>): Promise<void> {
  const observed = observe(running)
  const startedMs = performance.now()
  const endMs = Math.max(simulation.nowMs, untilMs)
  let last = { happened: simulation.happened, ms: startedMs, turn: 0 }
  for (let turn = 0; observed.state === 'waiting'; turn++) {
    await settle()
    const nowMs = performance.now()
    const { happened } = simulation
    if (happened !== last.happened) last = { happened, ms: nowMs, turn }
    if (simulation.nowMs > endMs) throw new StillRunning(ranPast(simulation, untilMs))
    if (nowMs - last.ms > STILL_MS_MAX && turn - last.turn > STILL_TURNS_MAX) {
      throw new StillRunning(standsStill(simulation, untilMs))
    }
    if (nowMs - startedMs > RUN_MS_MAX) throw new StillRunning(goesOn(simulation, untilMs))
  }
  return running
}

function ranPast<M>({ nowMs }: Simulation<M>, untilMs: number): string {
  return `the run was to stop at ${untilMs} ms, and it is ${nowMs} ms already: is an event taken that is due later?`
}

function standsStill<M>({ nowMs, happened }: Simulation<M>, untilMs: number): string {
  const seen = `the run to ${untilMs} ms does not come back, and is at ${nowMs} ms with ${happened} events counted`
  return `${seen}. Does #step call #moveTo for each event, or does the run wait for a promise that nobody settles?`
}

function goesOn<M>({ nowMs, happened }: Simulation<M>, untilMs: number): string {
  const seen = `after ${RUN_MS_MAX / 1000} s the run to ${untilMs} ms is at ${nowMs} ms, with ${happened} events counted`
  return `${seen}. Is each event taken out of the queue? If so, do promises take longer to settle than one turn of the event loop?`
}

/** How a run ended, line by line: `['HOST_FAILED', 'a failed at 7 ms: out of paper']`, or `['came to its end']`. */
export function endOf(running: Promise<void>): Promise<readonly string[]> {
  return running.then(
    () => ['came to its end'],
    (error: unknown) => told(error),
  )
}

/** What ends a run that must fail. Fails with `rule` when the run comes to its end. */
export async function failureOf(running: Promise<void>, rule: string): Promise<unknown> {
  const error = await running.then(
    () => new StillRunning(`${rule}; but nothing went wrong, and the run came to its end`),
    (error: unknown) => error,
  )
  told(error) // passes on what no check expects
  return error
}

/** A failure line by line, with its code first. Throws it when no check can expect it. */
export function told(error: unknown): readonly string[] {
  if (!(error instanceof Error) || error instanceof StillRunning) throw error
  const code = 'code' in error ? String(error.code) : error.name
  if (code === 'UNIMPLEMENTED') throw error
  return [code, ...error.message.split('\n').map((line) => line.trim())]
}

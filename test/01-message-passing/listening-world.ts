/** A simulated world for checks: hosts that listen, and a run that must come back. */
import { Simulation, type SimulationOptions } from '#message-passing/simulation'
import { observe, settle } from '../observe.ts'

/** More turns of the event loop than any run of these checks takes, and few enough to fail at once. */
const TURNS_MAX = 2_000

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

/** Waits for a run, and fails when it steps on and on: a check that awaited it would hang, and say nothing. */
export async function ran(running: Promise<void>): Promise<void> {
  const observed = observe(running)
  for (let turn = 0; turn < TURNS_MAX && observed.state === 'waiting'; turn++) await settle()
  if (observed.state === 'waiting') {
    throw new Error('the run does not come back: does it take each event out of the queue, and stop at `untilMs`?')
  }
  return running
}

/** What ends a run that must fail. Fails itself when the run comes to its end, or was not written yet. */
export async function failureOf(running: Promise<void>): Promise<unknown> {
  const error = await ran(running).then(
    () => new Error('nothing went wrong, and the run came to its end'),
    (error: unknown) => error,
  )
  if (error instanceof Error && 'code' in error && error.code === 'UNIMPLEMENTED') throw error
  return error
}

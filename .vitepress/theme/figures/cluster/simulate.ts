/**
 * Runs a cluster of the book's own servers in the book's own simulation, and
 * hands over its trace. Which mistake the servers make is up to the module graph:
 * see `workers`, and the plugin in `.vitepress/mistakes`.
 */
import { uniform } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import type { TraceEvent } from '#message-passing/trace'
import { Cluster } from '#raft/cluster'
import type { Message } from '#raft/messages'
import type { Trouble } from '../recorder.ts'
import { Recording } from './recording.ts'
import { type Action, type Input, type Setup, serverNames } from './setups.ts'

/** Hears what has happened since it was called last. It returns false to end the run. */
export type Listener = (events: readonly TraceEvent[], reachedMs: number, trouble?: Trouble) => boolean

/** How much of a run happens before the listener hears of it. */
const SLICE_MS = 250
/** How often a client looks for a leader while there is none. */
const RETRY_MS = 10
/** Long enough for a message to be seen on its way, and far below an election timeout. */
const LATENCY_MS = { least: 8, most: 20 }
/** Each append brings one entry, so that logs grow entry by entry. */
const ENTRIES_MAX = 1

/** A broken rule ends the run without trouble: the rest of it is as if it had been heard. */
export async function simulate(
  setup: Setup,
  inputs: readonly Input[],
  untilMs: number,
  listen: Listener,
): Promise<void> {
  const recording = new Recording()
  const play = new Play(setup, recording)
  const { simulation } = play
  try {
    for (const { atMs, action } of inputs) simulation.at(atMs, () => play.act(action))
    for (let toMs = 0; toMs < untilMs; ) {
      toMs = Math.min(toMs + SLICE_MS, untilMs)
      await simulation.run(toMs)
      if (!listen(recording.take(), toMs)) return
    }
  } catch (error) {
    if (recording.isBroken) return void listen(recording.take(), untilMs)
    const sentence = error instanceof Error ? error.message : String(error)
    listen(recording.take(), simulation.nowMs, { atMs: simulation.nowMs, sentence })
  }
}

/** A cluster, and what befalls it. */
class Play {
  readonly simulation: Simulation<Message>
  readonly #cluster: Cluster
  #commands = 0

  constructor({ seed, servers, lossPercent }: Setup, trace: Recording) {
    const latencyMs = uniform(LATENCY_MS.least, LATENCY_MS.most)
    const link = { latencyMs, loss: lossPercent / 100, ordered: true }
    this.simulation = new Simulation<Message>({ seed, trace, link, copy: itself })
    this.#cluster = new Cluster(this.simulation, serverNames(servers), { entriesMax: ENTRIES_MAX })
  }

  /** What makes no sense any more, like the crash of a server that is down, is left out. */
  act(action: Action): void {
    const { simulation } = this
    const { members } = this.#cluster
    switch (action.kind) {
      case 'crash':
        if (simulation.isUp(action.server)) simulation.crash(action.server)
        return
      case 'restart':
        if (!simulation.isUp(action.server)) simulation.restart(action.server)
        return
      case 'partition':
        simulation.network.repair()
        return simulation.network.partition(
          action.servers,
          members.filter((id) => !action.servers.includes(id)),
        )
      case 'repair':
        return simulation.network.repair()
      case 'command':
        return this.#command(action.server)
      case 'campaign':
        if (simulation.isUp(action.server)) this.#cluster.campaign(action.server)
        return
    }
  }

  #command(server = this.#cluster.leaders()[0]): void {
    if (server === undefined) return this.simulation.at(this.simulation.nowMs + RETRY_MS, () => this.#command())
    if (!this.simulation.isUp(server)) return
    this.#commands += 1
    this.#cluster.propose(server, new TextEncoder().encode(`${this.#commands}`))
  }
}

function itself(message: Message): Message {
  return message // no server changes a message
}

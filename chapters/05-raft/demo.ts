/**
 * The demo of chapter 5: five servers elect a leader, agree on a log, lose their
 * leader to a partition, go on without it, and repair its log when it is back.
 */
import { sleep } from '#message-passing/clock'
import { exponential } from '#message-passing/distributions'
import { Simulation } from '#message-passing/simulation'
import { Cluster } from '#raft/cluster'
import type { Outcome } from '#raft/driver'
import { logInWords } from '#raft/in-words'
import type { Message, ServerId } from '#raft/messages'
import type { RaftState } from '#raft/state'
import { BadFlag, type DemoStage, wholeNumber } from '../stage.ts'

/** What the demo can be told on the command line, and what is so without. */
export const flags = {
  servers: 'how many servers there are, from 3 to 9 (5)',
  loss: 'how many messages of a hundred are lost, from 0 to 40 (0)',
} as const

const STEP_MS = 10

/** How much slower than the cluster the demo runs, so that it can be read. */
const SLOWNESS = 8

/** Plays the demo, part by part. */
export async function demo(stage: DemoStage): Promise<void> {
  const show = new Show(stage)
  show.heading('1. No leader, and then one')
  await show.until(() => show.leader() !== undefined)
  show.heading('2. Three commands')
  await show.propose(show.leader() ?? '', ['x = 1', 'y = 2', 'z = 3'])
  show.logs()
  const first = show.leader() ?? ''
  const cut = show.cutOff(first)
  show.heading(`3. ${cut.join(' and ')} cut off, and ${first} asked for two more`)
  await show.propose(first, ['x = 10', 'y = 20'])
  await show.until(() => show.leader(cut) !== undefined)
  await show.propose(show.leader(cut) ?? '', ['x = 5'])
  show.logs()
  show.heading('4. The network is repaired')
  show.repair()
  await show.until(() => show.areEqual())
  show.logs()
  const second = show.leader() ?? ''
  show.heading(`5. ${second} crashes, and starts again`)
  show.world.crash(second)
  await show.until(() => show.leader() !== undefined)
  await show.propose(show.leader() ?? '', ['z = 30'])
  show.world.restart(second)
  await show.until(() => show.areEqual())
  show.logs()
  show.end()
}

/** A cluster on the stage: what its servers do is printed as it happens. */
class Show {
  readonly world: Simulation<Message>
  readonly #stage: DemoStage
  readonly #cluster: Cluster
  readonly #servers: readonly ServerId[]
  readonly #roles = new Map<ServerId, string>()

  constructor(stage: DemoStage) {
    this.#stage = stage
    const loss = numberFrom(stage, 'loss', 0, 0, 40) / 100
    this.#servers = [...'abcdefghi'].slice(0, numberFrom(stage, 'servers', 5, 3, 9))
    const link = { latencyMs: exponential(5), ordered: true, loss }
    this.world = new Simulation({ seed: stage.seed, copy: (message) => message, link })
    this.#cluster = new Cluster(this.world, this.#servers)
    this.#cluster.onStep = (state) => this.#report(state)
  }

  heading(title: string): void {
    this.#stage.print('')
    this.#stage.print(title)
    this.#stage.print('-'.repeat(title.length))
  }

  /** Lets the cluster run until something is so. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.#pass()
  }

  async #pass(): Promise<void> {
    await this.world.run(this.world.nowMs + STEP_MS)
    await sleep(this.#stage.clock, STEP_MS * SLOWNESS)
  }

  /** The server that leads the latest term, if those who are not `without` know one. */
  leader(without: readonly ServerId[] = []): ServerId | undefined {
    const [leader] = this.#cluster.leaders(this.#servers.filter((id) => !without.includes(id)))
    return leader
  }

  /** Asks for commands, and waits a while to hear what becomes of them. */
  async propose(leader: ServerId, commands: readonly string[]): Promise<void> {
    for (const command of commands) {
      const settle = (outcome: Outcome) => this.#say(`"${command}" ${outcomeInWords(outcome)}`)
      this.#cluster.propose(leader, new TextEncoder().encode(command), settle)
      this.#say(`${leader} is asked for "${command}"`)
      for (let step = 0; step < 5; step++) await this.#pass()
    }
  }

  /** Cuts the leader off, and with it as many others as the rest can do without. Returns them all. */
  cutOff(leader: ServerId): readonly ServerId[] {
    const others = this.#servers.filter((id) => id !== leader)
    const cut = [leader, ...others.slice(0, Math.floor((this.#servers.length - 1) / 2) - 1)]
    this.world.network.partition(
      cut,
      this.#servers.filter((id) => !cut.includes(id)),
    )
    return cut
  }

  repair(): void {
    this.world.network.repair()
  }

  /** Whether there is one leader, and every log is its log, and committed to its end. */
  areEqual(): boolean {
    if (this.#cluster.leaders().length !== 1) return false
    const logs = this.#servers.map((id) => logInWords(this.#cluster.state(id)))
    return new Set(logs).size === 1 && logs.every((log) => log.endsWith('|'))
  }

  /** The terms of each server's entries. */
  logs(): void {
    for (const id of this.#servers) {
      const state = this.#cluster.state(id)
      this.#stage.print(
        `            ${id}  ${state.role.kind.padEnd(9)} of term ${state.term}   log: ${logInWords(state)}`,
      )
    }
  }

  end(): void {
    const { committedCount } = this.#cluster.invariants
    this.#stage.print('')
    this.#stage.print(`${committedCount} entries committed, and every rule of Raft kept after every step.`)
    this.#stage.print('In the logs, each number is the term of an entry; those before the bar are committed.')
    this.#stage.print('')
    this.#stage.print('Try next: npm run chapter 5 -- --seed 7      other timeouts, another leader, the same log')
    this.#stage.print('          npm run chapter 5 -- --loss 20     one message in five is lost')
    this.#stage.print('          npm run check 5.1                  your turn')
  }

  #report({ id, role, term }: RaftState): void {
    const told = `${role.kind} ${term}`
    if (this.#roles.get(id) === told) return
    const before = this.#roles.get(id)
    this.#roles.set(id, told)
    if (role.kind === 'candidate') this.#say(`${id} hears from nobody, and stands for election in term ${term}`)
    if (role.kind === 'leader') this.#say(`${id} leads term ${term}`)
    if (role.kind !== 'follower' || !before?.startsWith('leader')) return
    this.#say(before === `leader ${term}` ? `${id} starts again` : `${id} hears of term ${term}, and follows`)
  }

  #say(text: string): void {
    this.#stage.print(`   ${(this.world.nowMs / 1_000).toFixed(3)} s  ${text}`)
  }
}

function outcomeInWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'committed':
      return `is committed, at ${outcome.index}`
    case 'replaced':
      return 'is lost: another entry stands in its place'
    case 'declined':
      return 'was declined'
  }
}

function numberFrom(stage: DemoStage, flag: string, otherwise: number, least: number, most: number): number {
  const number = wholeNumber(stage.options, flag, otherwise)
  if (number >= least && number <= most) return number
  throw new BadFlag(`--${flag} takes a number from ${least} to ${most}, not ${number}`)
}

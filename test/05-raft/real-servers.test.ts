/** The same servers without a simulation: on the machine's clock, and on logs in its files. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CancelTimer, Clock } from '#message-passing/clock'
import { RealClock } from '#message-passing/clock.node'
import { macrotask } from '#message-passing/macrotask'
import { Random } from '#message-passing/random'
import { NodeDisk } from '#raft/disk.node'
import { Driver, type Outcome } from '#raft/driver'
import type { Entry, ServerId } from '#raft/messages'
import { initialState } from '#raft/state'
import { Wal } from '#raft/wal'

const members = ['a', 'b', 'c'] as const
const COMMANDS = 20
/** All of this takes half a second; who is still waiting then has met a mistake. */
const PATIENCE_MS = 8_000

let parent = ''
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'quorum-servers-'))
})
afterEach(() => rm(parent, { recursive: true }))

/** A clock whose timers end with the server that set them. */
class ServerClock implements Clock {
  readonly #clock = new RealClock()
  readonly #timers = new Set<CancelTimer>()

  now(): number {
    return this.#clock.now()
  }

  schedule(delayMs: number, wake: () => void): CancelTimer {
    const cancel = this.#clock.schedule(delayMs, () => {
      this.#timers.delete(cancel)
      wake()
    })
    this.#timers.add(cancel)
    return cancel
  }

  stop(): void {
    for (const cancel of this.#timers) cancel()
  }
}

/** Three servers in this process. Messages between them wait for the next turn of the event loop. */
class Servers {
  readonly applied = new Map<ServerId, Entry[]>()
  readonly drivers = new Map<ServerId, Driver>()
  readonly #clocks: ServerClock[] = []
  readonly #disks: NodeDisk[] = []

  async start(): Promise<this> {
    for (const id of members) await this.#start(id)
    return this
  }

  async #start(id: ServerId): Promise<void> {
    const [clock, disk] = [new ServerClock(), await NodeDisk.open(join(parent, id))]
    const storage = await Wal.open(disk, {
      onFatal: (error) => {
        throw error
      },
    })
    const applied: Entry[] = []
    this.applied.set(id, applied)
    this.#clocks.push(clock)
    this.#disks.push(disk)
    const driver = new Driver({
      id,
      members,
      clock,
      random: new Random(id.charCodeAt(0)),
      storage,
      send: (to, message) => {
        void macrotask().then(() => this.drivers.get(to)?.receive(id, message))
      },
      apply: (_, entry) => applied.push(entry),
    })
    this.drivers.set(id, driver)
  }

  /** Asks whoever leads for a command, until it is committed. */
  async commit(command: string): Promise<void> {
    const bytes = new TextEncoder().encode(command)
    let outcome: Outcome | undefined
    let isAsked = false
    const settle = (told: Outcome) => {
      outcome = told
      isAsked = false
    }
    await until(`"${command}" is committed`, () => {
      const leader = [...this.drivers.values()].find(({ state }) => state.role.kind === 'leader')
      if (leader !== undefined && !isAsked && outcome?.kind !== 'committed') {
        isAsked = true
        leader.propose(bytes, settle)
      }
      return outcome?.kind === 'committed'
    })
  }

  /** Resolves when every server has applied all these commands, in their order. */
  async allHave(commands: readonly string[]): Promise<void> {
    const wanted = commands.join()
    await until('all servers have applied all commands', () =>
      members.every((id) => this.#commandsOf(id).join() === wanted),
    )
  }

  #commandsOf(id: ServerId): readonly string[] {
    const commands = (this.applied.get(id) ?? []).flatMap(({ command }) => command ?? [])
    return commands.map((command) => new TextDecoder().decode(command))
  }

  /** All servers stop where they are, and forget what is not in their files. */
  async stop(): Promise<void> {
    this.drivers.clear()
    for (const clock of this.#clocks) clock.stop()
    for (const disk of this.#disks) await disk.close()
  }
}

/** Lets the event loop turn until something is so. Rejects when it takes too long. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  const clock = new RealClock()
  const byMs = clock.now() + PATIENCE_MS
  while (!isSo()) {
    if (clock.now() > byMs) throw new Error(`${what} within ${PATIENCE_MS / 1_000} s`)
    await macrotask()
  }
}

test('three servers on real disks commit, stop, and go on with everything that they had', async () => {
  const commands = Array.from({ length: COMMANDS }, (_, n) => `command ${n}`)
  const first = await new Servers().start()
  for (const command of commands) await first.commit(command)
  await first.allHave(commands)
  const terms = [...first.drivers.values()].map(({ state }) => state.term)
  await first.stop()

  const second = await new Servers().start()
  for (const [place, { state }] of [...second.drivers.values()].entries()) {
    expect(state.term, `the term of ${state.id} is on its disk`).toBeGreaterThanOrEqual(terms[place] ?? 0)
    expect(state.log.entries.length, `the log of ${state.id} is on its disk`).toBeGreaterThan(COMMANDS)
  }
  await second.commit('one more')
  await second.allHave([...commands, 'one more'])
  await second.stop()
}, 30_000)

test('a copy of the state is equal, and stays as it is when the server goes on', async () => {
  const servers = await new Servers().start()
  await servers.commit('first')
  const leader = [...servers.drivers.values()].find(({ state }) => state.role.kind === 'leader')
  const { state } = leader ?? { state: initialState('a', members, undefined, 0) }
  const copy = structuredClone(state)
  expect(copy, 'one call copies it').toEqual(state)
  await servers.commit('second')
  expect(copy.log.entries.length, 'the copy shares nothing with it').toBeLessThan(state.log.entries.length)
  await servers.stop()
}, 30_000)

/**
 * A port of etcd's raft from Go to TypeScript, by Siemens: three of its `RawNode`s with
 * its own storage in memory, driven as its documentation shows and as our cores are. Its
 * dependencies take 76 MB on disk, so it is installed apart, by
 * `npm install --prefix test/bench/05-raft/peers`, and left out of the table until then.
 */
import { createRequire, Module } from 'node:module'
import { type Case, cpuMicros } from '../../measure.ts'
import { versionOf } from '../../versions.ts'

const require = createRequire(import.meta.url)
const version = versionOf('@coaty/consensus.raft', `${import.meta.dirname}/node_modules`)

export const etcdPort = (commands: string) => `@coaty/consensus.raft ${version ?? '1'}, ${commands}`

const MEMBERS = ['a', 'b', 'c'] as const
/** Proposals between two rounds of messages, as for our cores. */
const AHEAD = 4
const COMMAND = 'x'.repeat(100)

/** Commands are strings: it makes JSON of each to learn its length, and JSON of a byte array is ten times as slow. */
export function etcdPortCase(commands: string, batch: number, times: number): Case {
  return {
    name: etcdPort(commands),
    measure: async () => {
      if (version === undefined) return { skipped: 'run npm install --prefix test/bench/05-raft/peers' }
      const port = loaded()
      new Cluster(port).commit(batch, times / 4)
      const cluster = new Cluster(port)
      const start = process.cpuUsage()
      cluster.commit(batch, times)
      return ((batch * times) / cpuMicros(start)) * 1_000
    },
  }
}

class Cluster {
  readonly #port: Port
  readonly #nodes = new Map<string, { readonly raw: RawNode; readonly storage: MemoryStorage; applied: number }>()
  #underWay: Message[] = []

  constructor(port: Port) {
    this.#port = port
    for (const id of MEMBERS) {
      const storage = port.MemoryStorage.NewMemoryStorage()
      const metadata = new port.SnapshotMetadata({
        index: 1,
        term: 1,
        confState: new port.ConfState({ voters: MEMBERS }),
      })
      storage.ApplySnapshot(new port.Snapshot({ metadata }))
      const logger = port.discardLogger
      const config = {
        id,
        electionTick: 10,
        heartbeatTick: 1,
        storage,
        maxSizePerMsg: 2 ** 20,
        maxInflightMsgs: 256,
        logger,
      }
      this.#nodes.set(id, { raw: port.RawNode.NewRawNode(new port.RaftConfig(config)), storage, applied: 0 })
    }
  }

  /** Elects a leader, and proposes so many commands to it so many times. Throws unless all servers apply them. */
  commit(batch: number, times: number): void {
    this.#with('a', (raw) => raw.campaign())
    this.#deliver()
    const { Entry, Message, MessageType } = this.#port
    for (let proposed = 0; proposed < times; proposed++) {
      const entries = Array.from({ length: batch }, () => new Entry({ data: COMMAND }))
      this.#with('a', (raw) => raw.raft.Step(new Message({ type: MessageType.MsgProp, from: 'a', entries })))
      if (proposed % AHEAD === AHEAD - 1) this.#deliver()
    }
    this.#deliver()
    this.#with('a', (raw) => raw.tick())
    this.#deliver()
    for (const [id, { applied }] of this.#nodes) {
      if (applied !== batch * times + 1)
        throw new Error(`${id} has applied ${applied} entries of ${batch * times} and one`)
    }
  }

  /** Hands a server an input, and does what it then asks for until there is nothing left: save, send, apply. */
  #with(id: string, input: (raw: RawNode) => unknown): void {
    const node = this.#nodes.get(id)
    if (node === undefined) return
    const error = input(node.raw)
    if (error instanceof Error) throw error
    while (node.raw.hasReady()) {
      const ready = node.raw.ready()
      if (!ready.hardState.isEmptyHardState()) node.storage.SetHardState(ready.hardState)
      node.storage.Append(ready.entries)
      this.#underWay.push(...ready.messages)
      node.applied += ready.committedEntries.length
      node.raw.advance(ready)
    }
  }

  #deliver(): void {
    while (this.#underWay.length > 0) {
      const due = this.#underWay
      this.#underWay = []
      for (const message of due) this.#with(message.to, (raw) => raw.step(message))
    }
  }
}

interface Message {
  readonly to: string
}

interface HardState {
  isEmptyHardState(): boolean
}

interface Ready {
  readonly hardState: HardState
  readonly entries: readonly object[]
  readonly messages: readonly Message[]
  readonly committedEntries: readonly object[]
}

/** What its methods return is an error, or nothing. */
interface RawNode {
  readonly raft: { Step(message: Message): Error | null }
  campaign(): Error | null
  step(message: Message): Error | null
  tick(): void
  hasReady(): boolean
  ready(): Ready
  advance(ready: Ready): void
}

interface MemoryStorage {
  ApplySnapshot(snapshot: object): void
  SetHardState(state: HardState): void
  Append(entries: readonly object[]): void
}

type New<T> = new (fields: object) => T

/** As much of it as is called here: its own types are there only when it is installed. */
interface Port {
  readonly RawNode: { NewRawNode(config: object): RawNode }
  readonly RaftConfig: New<object>
  readonly MemoryStorage: { NewMemoryStorage(): MemoryStorage }
  readonly discardLogger: object
  readonly Message: New<Message>
  readonly MessageType: { readonly MsgProp: number }
  readonly Entry: New<object>
  readonly ConfState: New<object>
  readonly Snapshot: New<object>
  readonly SnapshotMetadata: New<object>
}

/** Loads what of it was ported. SQLite would be loaded too, and is never called: something empty stands in for it. */
function loaded(): Port {
  const sqlite = require.resolve('sqlite3')
  require.cache[sqlite] = Object.assign(new Module(sqlite), { loaded: true, exports: { verbose: () => ({}) } })
  const modules = ['rawnode', 'raft', 'storage', 'logger', 'raftpb/raft.pb'].map((name): object =>
    require(`@coaty/consensus.raft/ported/${name}`),
  )
  return Object.assign({}, ...modules) as Port // the version in the package.json beside this file
}

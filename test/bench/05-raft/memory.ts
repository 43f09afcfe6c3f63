/** What a long log costs before there are snapshots. */
import { Random } from '#message-passing/random'
import type { Entry } from '#raft/messages'
import { RaftNode } from '#raft/node'
import type { Case } from '../measure.ts'

const OWN = 'each command in an array of its own'
const SHARED = 'commands as views of the messages they came in'

export const OWN_ARRAYS = `Heap and arrays, ${OWN}`
export const SHARED_ARRAYS = `Heap and arrays, ${SHARED}`
export const OWN_RESIDENT = `Whole process, ${OWN}`
export const SHARED_RESIDENT = `Whole process, ${SHARED}`

const ENTRIES = 1_000_000
const COMMAND_BYTES = 100
const MESSAGE_ENTRIES = 64

export function memoryCases(): readonly Case[] {
  return [
    memoryCase(OWN_ARRAYS, ownArray, 'used'),
    memoryCase(SHARED_ARRAYS, views(), 'used'),
    memoryCase(OWN_RESIDENT, ownArray, 'resident'),
    memoryCase(SHARED_RESIDENT, views(), 'resident'),
  ]
}

function ownArray(): Entry {
  return { term: 1, command: new Uint8Array(COMMAND_BYTES) }
}

function views(): () => Entry {
  let message = new Uint8Array(0)
  let at = 0
  return () => {
    if (at === message.length) {
      message = new Uint8Array(MESSAGE_ENTRIES * COMMAND_BYTES)
      at = 0
    }
    at += COMMAND_BYTES
    return { term: 1, command: message.subarray(at - COMMAND_BYTES, at) }
  }
}

/** What the log and its server use more than there was before them; or all that the process has from the system. */
function memoryCase(name: string, entry: () => Entry, what: 'used' | 'resident'): Case {
  return {
    name,
    measure: async () => {
      const before = what === 'used' ? await usedBytes() : 0
      const entries: Entry[] = []
      for (let index = 0; index < ENTRIES; index++) entries.push(entry())
      const saved = { term: 1, votedFor: undefined, log: { entries } }
      const node = new RaftNode({ id: 'a', members: ['a', 'b', 'c'], random: new Random(1), nowMs: 0, saved })
      const after = what === 'used' ? await usedBytes() : process.memoryUsage.rss()
      if (node.state.log.entries.length !== ENTRIES) throw new Error('the log is not there any more')
      return (after - before) / 1e6
    },
  }
}

/** Once what nobody refers to has been collected, as far as that can be had without a flag of Node's. */
async function usedBytes(): Promise<number> {
  let least = Infinity
  for (let round = 0; round < 5; round++) {
    new Array(1_000_000).fill(round)
    await new Promise((resolve) => setImmediate(resolve))
    const { heapUsed, external } = process.memoryUsage()
    least = Math.min(least, heapUsed + external)
  }
  return least
}

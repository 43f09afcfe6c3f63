/** Prepared runs for the figure of faults: a seed, how many messages are lost, and what befalls hosts and links. */
import type { FaultsSetup, Input } from './setups.ts'

export interface Situation {
  readonly name: string
  readonly label: string
  readonly setup: FaultsSetup
  readonly inputs: readonly Input[]
}

const calm: FaultsSetup = { show: 'faults', seed: 5, loss: 0 }
const answers = { from: 'server', to: 'client' } as const

export const SITUATIONS: readonly Situation[] = [
  { name: 'loss', label: 'One in ten is lost', setup: { ...calm, loss: 0.1 }, inputs: [] },
  { name: 'calm', label: 'A network that works', setup: calm, inputs: [] },
  {
    name: 'late',
    label: 'Late answers',
    setup: calm,
    inputs: [
      { atMs: 190, action: { kind: 'hold', ...answers } },
      { atMs: 390, action: { kind: 'release', ...answers } },
    ],
  },
  {
    name: 'crash',
    label: 'The server crashes',
    setup: calm,
    inputs: [
      { atMs: 235, action: { kind: 'crash', host: 'server' } },
      { atMs: 340, action: { kind: 'restart', host: 'server' } },
    ],
  },
]

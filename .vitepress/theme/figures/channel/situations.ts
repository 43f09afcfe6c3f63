/** Prepared beginnings of the channel figure, by the name that a page gives: `<ChannelFigure situation="rendezvous" />`. */
import type { Action, Input, Setup } from './facts.ts'

export type SituationName = 'backpressure' | 'rendezvous' | 'balance' | 'starved'

export interface Situation {
  readonly name: SituationName
  readonly label: string
  readonly setup: Setup
}

const backpressure: Setup = { seed: 3, capacity: 4, producers: 3, consumers: 2, produceMs: 1_200, consumeMs: 1_800 }

export const SITUATIONS: readonly Situation[] = [
  { name: 'backpressure', label: 'Producers outrun', setup: backpressure },
  {
    name: 'starved',
    label: 'Consumers outrun',
    setup: { ...backpressure, producers: 2, consumers: 4, produceMs: 1_600 },
  },
  {
    name: 'balance',
    label: 'In balance',
    setup: { ...backpressure, capacity: 6, produceMs: 1_800, consumers: 3, consumeMs: 1_800 },
  },
  {
    name: 'rendezvous',
    label: 'Hand to hand',
    setup: { ...backpressure, capacity: 0, producers: 2, produceMs: 1_400 },
  },
]

export function situationNamed(name: SituationName = 'backpressure'): Situation {
  return (
    SITUATIONS.find((situation) => situation.name === name) ?? { name: 'backpressure', label: '', setup: backpressure }
  )
}

/** The moment that a figure shows before anybody has touched it. */
export const OPENING_MS = 6_000

/** What the controls stand at: the setup with the inputs up to `nowMs`. */
export function conditionsAt(setup: Setup, inputs: readonly Input[], nowMs: number): Setup {
  const changes = inputs.filter((input) => input.atMs <= nowMs).map(({ action }) => changeOf(action))
  return Object.assign({}, setup, ...changes)
}

function changeOf(action: Action): Partial<Setup> {
  switch (action.kind) {
    case 'producers':
      return { producers: action.count }
    case 'consumers':
      return { consumers: action.count }
    case 'produce':
      return { produceMs: action.everyMs }
    case 'consume':
      return { consumeMs: action.everyMs }
    default:
      return {}
  }
}

/**
 * The inputs after the reader does something at `nowMs`: what was to come later
 * is forgotten. A control that is dragged while time stands still leaves one input.
 */
export function withAction(inputs: readonly Input[], nowMs: number, action: Action): readonly Input[] {
  const atMs = Math.round(nowMs)
  const before = inputs.filter((input) => input.atMs <= atMs)
  const last = before.at(-1)
  const dragged = last?.atMs === atMs && last.action.kind === action.kind && !action.kind.startsWith('cancel')
  return [...(dragged ? before.slice(0, -1) : before), { atMs, action }]
}

/**
 * A run and a moment of it as a piece of an address, which people can read as well:
 *
 *     5-servers.seed-7.loss-10.at-1240.700-cut-ab.900-command.1000-crash-c
 *
 * A link comes from anywhere: what can't be read is refused with a sentence.
 */
import { MISTAKES } from './mistakes.ts'
import {
  type Action,
  type Input,
  LOSS_PERCENT_MAX,
  RUN_MS,
  SERVERS_MAX,
  SERVERS_MIN,
  type Setup,
  serverNames,
} from './setups.ts'

export interface Saved {
  readonly setup: Setup
  readonly inputs: readonly Input[]
  /** The moment shown, in whole milliseconds. */
  readonly atMs: number
}

export type ReadLink = { readonly ok: true; readonly saved: Saved } | { readonly ok: false; readonly sentence: string }

/** A longer link is refused. */
export const LINK_LETTERS_MAX = 8_000
export const SEED_MAX = 999_999_999

const QUOTED_LETTERS_MAX = 30
/** What stands in a link for each action. */
const WORDS: Readonly<Record<Action['kind'], string>> = {
  crash: 'crash',
  restart: 'restart',
  partition: 'cut',
  repair: 'repair',
  command: 'command',
  campaign: 'campaign',
}

/** What is wrong with a link, as the rest of a sentence. */
class Unreadable extends Error {}

export function writeLink({ setup, inputs, atMs }: Saved): string {
  const parts = [`${setup.servers}-servers`, `seed-${setup.seed}`]
  if (setup.lossPercent > 0) parts.push(`loss-${setup.lossPercent}`)
  if (setup.mistake !== undefined) parts.push(`mistake-${setup.mistake}`)
  parts.push(`at-${Math.round(atMs)}`)
  return [...parts, ...inputs.map(partOf)].join('.')
}

export function readLink(text: string): ReadLink {
  try {
    return { ok: true, saved: read(text) }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, sentence: `This link can't be opened: ${error.message}.` }
    throw error
  }
}

function partOf({ atMs, action }: Input): string {
  const words = [`${atMs}`, WORDS[action.kind]]
  if (action.kind === 'partition') words.push(action.servers.join(''))
  else if (action.kind !== 'repair' && action.server !== undefined) words.push(action.server)
  return words.join('-')
}

function read(text: string): Saved {
  if (text.length > LINK_LETTERS_MAX) throw new Unreadable(`it is longer than ${LINK_LETTERS_MAX} letters`)
  const parts = text.split('.')
  const servers = /^(\d{1,3})-servers$/.exec(parts[0] ?? '')?.[1]
  if (servers === undefined)
    throw new Unreadable(`it begins with ${quoted(parts[0])}, and not with a number of servers`)
  const count = number('servers', servers, SERVERS_MIN, SERVERS_MAX)
  const seen = new Map<string, string>()
  const inputs: Input[] = []
  for (const part of parts.slice(1)) {
    const [, name, value] = /^(seed|loss|mistake|at)-(.*)$/.exec(part) ?? []
    if (name === undefined) inputs.push(inputOf(part, serverNames(count), inputs.at(-1)?.atMs ?? 0))
    else if (seen.has(name)) throw new Unreadable(`it says ${name} twice`)
    else seen.set(name, value ?? '')
  }
  const numberOf = (name: string, most: number) => number(name, seen.get(name) ?? '0', 0, most)
  if (!seen.has('seed')) throw new Unreadable('it has no seed')
  const setup = { seed: numberOf('seed', SEED_MAX), servers: count, lossPercent: numberOf('loss', LOSS_PERCENT_MAX) }
  return { setup: { ...setup, mistake: mistakeOf(seen.get('mistake')) }, inputs, atMs: numberOf('at', RUN_MS) }
}

function mistakeOf(id: string | undefined): string | undefined {
  if (id === undefined || MISTAKES.some((mistake) => mistake.id === id)) return id
  throw new Unreadable(`it names the mistake ${quoted(id)}, which isn't among those of the figure`)
}

function inputOf(part: string, names: readonly string[], afterMs: number): Input {
  const [, at, word, who = ''] = /^(\d{1,9})-([a-z]+)(?:-([a-z]+))?$/.exec(part) ?? []
  if (at === undefined) throw new Unreadable(`${quoted(part)} in it has no meaning`)
  const atMs = number(`the moment of ${quoted(part)}`, at, 0, RUN_MS)
  if (atMs < afterMs) throw new Unreadable(`${quoted(part)} in it comes behind what happens later`)
  const stranger = [...who].find((id) => !names.includes(id))
  if (stranger !== undefined)
    throw new Unreadable(`${quoted(part)} speaks of a server ${stranger}, and there are ${names.join(', ')}`)
  const action = actionOf(word, who)
  if (action === undefined) throw new Unreadable(`${quoted(part)} is nothing that can befall a cluster`)
  return { atMs, action }
}

function actionOf(word: string | undefined, who: string): Action | undefined {
  const isOne = who.length === 1
  switch (word) {
    case 'crash':
    case 'restart':
    case 'campaign':
      return isOne ? { kind: word, server: who } : undefined
    case 'command':
      if (who === '') return { kind: word }
      return isOne ? { kind: word, server: who } : undefined
    case 'repair':
      return who === '' ? { kind: word } : undefined
    case 'cut':
      return who !== '' && new Set(who).size === who.length ? { kind: 'partition', servers: [...who] } : undefined
    default:
      return undefined
  }
}

function number(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new Unreadable(`${name} is a whole number from ${least} to ${most}, and not ${quoted(text)}`)
}

function quoted(text = ''): string {
  const isLong = text.length > QUOTED_LETTERS_MAX
  return `“${isLong ? `${text.slice(0, QUOTED_LETTERS_MAX)}…` : text}”`
}

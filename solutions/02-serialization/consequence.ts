/** What a change of a schema does to those who read bytes of the other version. */
import { defaultOf } from '#serialization/defaults'
import type { Schema } from '#serialization/schema'
import { inWords } from '#serialization/words'

/**
 * From harmless to worst:
 *
 * - `none`: they read what was written;
 * - `keeps`: they can't see it, and pass it on when they write the value again;
 * - `default`: they see the default, or nothing, where another value was meant or none was;
 * - `refuses`: they may meet bytes that they refuse, with an error;
 * - `misreads`: they may take it for something else, and nobody notices.
 */
export type Effect = 'none' | 'keeps' | 'default' | 'refuses' | 'misreads'

/** The effects, from harmless to worst. */
export const EFFECTS: readonly Effect[] = ['none', 'keeps', 'default', 'refuses', 'misreads']

export interface Consequence {
  readonly effect: Effect
  /** What they do, for a sentence that begins with who: `'see 0'`. */
  readonly text: string
}

export interface Change {
  /**
   * Which part, by the names of the newer version (what is gone has only its older
   * name): `entries[].ttlMs`, or `''` for the whole. `labels{key}` are the keys of a
   * map, and `labels{}` its values.
   */
  readonly path: string
  /** What has changed: `'field 4 is new'`. */
  readonly what: string
  /** What readers with the old schema do with bytes of the new one. */
  readonly oldReaders: Consequence
  /** What readers with the new schema do with bytes of the old one. */
  readonly newReaders: Consequence
}

/** Nothing happens to them. */
export const UNHARMED: Consequence = { effect: 'none', text: 'read what was written' }

/** They pass field `number` on, and don't see it. */
export function keeps(number: number): Consequence {
  return { effect: 'keeps', text: `don't see field ${number}, and keep it` }
}

/** They refuse `what`, if they meet it. */
export function refuses(what: string): Consequence {
  return { effect: 'refuses', text: `refuse ${what}` }
}

/** They take it for another thing, or a value of another kind. */
export function misreads(as: string): Consequence {
  return { effect: 'misreads', text: `may take it for ${as}` }
}

/** Readers of a part whose number was another's, where bytes may still have the other one. */
export const TAKE_FORMER_FOR_IT: Consequence = {
  effect: 'misreads',
  text: 'may take for it what had this number before',
}

/** Readers of a list, where one value was written, or left out since it was the default. */
export const SEE_LIST_OF_ONE: Consequence = {
  effect: 'default',
  text: 'see a list of one, or an empty one where nothing was written',
}

/** What readers see of a field that isn't there: its default, if it has one. */
export function seesNothing(optional: boolean, schema: Schema): Consequence {
  if (optional) return { effect: 'default', text: 'see that it is absent' }
  const value = defaultOf(schema)
  if (value === undefined) return refuses('a message without it')
  return { effect: 'default', text: `see ${defaultInWords(schema, value)}` }
}

function defaultInWords(schema: Schema, value: unknown): string {
  switch (schema.kind) {
    case 'bytes':
      return 'no bytes'
    case 'list':
    case 'map':
      return `an empty ${schema.kind}`
    case 'struct':
      return 'the defaults of its fields'
    default:
      return inWords(value)
  }
}

/** Changes that people make between two versions, one at a time, with values of both. */
import {
  bool,
  bytes,
  list,
  literal,
  numbered,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u53,
  union,
} from '#serialization/schema'

export interface VersionChange {
  readonly what: string
  readonly older: Schema
  readonly newer: Schema
  readonly oldValues: readonly object[]
  readonly newValues: readonly object[]
  /** Two names of one thing. */
  readonly renamed?: readonly [string, string]
  /** Nothing in the schemas tells it from a harmless change. */
  readonly cannotBeTold?: boolean
}

const Order = struct({ id: u32, euros: u32 })
const order = { id: 7, euros: 20 }

const fields: readonly VersionChange[] = [
  {
    what: 'a field is added',
    older: Order,
    newer: struct({ id: u32, euros: u32, cents: u32 }),
    oldValues: [order],
    newValues: [{ ...order, cents: 5 }],
  },
  {
    what: 'an optional field is added',
    older: Order,
    newer: struct({ id: u32, euros: u32, note: optional(string) }),
    oldValues: [order],
    newValues: [{ ...order, note: 'express' }],
  },
  {
    what: 'a field is removed, reserved',
    older: Order,
    newer: struct({ id: u32 }, { reserved: [2] }),
    oldValues: [order],
    newValues: [{ id: 7 }],
  },
  {
    what: 'a string takes number 2',
    older: Order,
    newer: struct({ id: u32, note: string }),
    oldValues: [order],
    newValues: [{ id: 7, note: 'express' }],
  },
  {
    what: 'another u32 takes number 2',
    older: Order,
    newer: struct({ id: u32, pieces: u32 }),
    oldValues: [order],
    newValues: [{ id: 7, pieces: 3 }],
    cannotBeTold: true, // from a new name
  },
  {
    what: 'a field is renamed',
    older: Order,
    newer: struct({ id: u32, amount: u32 }),
    oldValues: [order],
    newValues: [{ id: 7, amount: 20 }],
    renamed: ['euros', 'amount'],
  },
  {
    what: 'a field gets another number',
    older: Order,
    newer: struct({ id: u32, euros: numbered(5, u32) }),
    oldValues: [order],
    newValues: [order],
  },
  {
    what: 'two fields change places',
    older: struct({ from: u32, to: u32 }),
    newer: struct({ to: u32, from: u32 }),
    oldValues: [{ from: 1, to: 2 }],
    newValues: [{ from: 1, to: 2 }],
  },
  {
    what: 'two numbered ones do',
    older: struct({ from: u32, to: u32 }),
    newer: struct({ to: numbered(2, u32), from: numbered(1, u32) }),
    oldValues: [{ from: 1, to: 2 }],
    newValues: [{ from: 1, to: 2 }],
  },
]

/** A struct with one field of another schema than before. */
function changed(
  what: string,
  older: Schema,
  newer: Schema,
  oldValues: unknown[],
  newValues: unknown[],
): VersionChange {
  const [before, after] = [struct({ part: older }), struct({ part: newer })]
  const parts = (values: unknown[]) => values.map((part) => ({ part }))
  return { what, older: before, newer: after, oldValues: parts(oldValues), newValues: parts(newValues) }
}

const mode = literal('off', 'on')
const circle = struct({ radius: u32 })

const kinds: readonly VersionChange[] = [
  {
    what: 'optional becomes required',
    older: struct({ part: optional(u32) }),
    newer: struct({ part: u32 }),
    oldValues: [{}, { part: 0 }, { part: 1 }],
    newValues: [{ part: 0 }, { part: 1 }],
  },
  changed('u32 becomes u53', u32, u53, [0, 2 ** 32 - 1], [0, 2 ** 40]),
  changed('bool becomes u32', bool, u32, [false, true], [0, 1, 5]),
  changed('string becomes bytes', string, bytes, ['abcd'], [Uint8Array.of(105, 183, 29), Uint8Array.of(255)]),
  changed('string becomes u32', string, u32, ['', '7'], [0, 7]),
  changed('u32 becomes list(u32)', u32, list(u32), [0, 7], [[], [7], [7, 8]]),
  changed('string becomes list(string)', string, list(string), ['', 'a'], [[], ['a'], ['a', 'b']]),
  changed('u32 items become strings', list(u32), list(string), [[97]], [['a']]),
  changed('a literal grows at the end', mode, literal('off', 'on', 'auto'), ['on'], ['on', 'auto']),
  changed('a literal grows in the middle', mode, literal('off', 'auto', 'on'), ['on'], ['on', 'auto']),
  changed(
    'a union gets a case',
    union('kind', { circle }),
    union('kind', { circle, dot: struct({}) }),
    [{ kind: 'circle', radius: 1 }],
    [{ kind: 'dot' }],
  ),
]

export const versionChanges: readonly VersionChange[] = [...fields, ...kinds]

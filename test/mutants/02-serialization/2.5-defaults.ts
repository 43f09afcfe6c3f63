/** Mistakes that people make in defaults, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const defaults = 'solutions/02-serialization/defaults.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'gives every message the same empty list',
    file: defaults,
    find: `export function defaultOf(schema: Schema): unknown {`,
    replace: `const NONE: unknown[] = []

export function defaultOf(schema: Schema): unknown {
  if (schema.kind === 'list') return NONE`,
    caughtBy: 'is a new list each time',
    lists: [],
  },
  {
    name: 'reads a 64-bit number that is not there as a number, and not as a bigint',
    file: defaults,
    find: 'return 0n',
    replace: 'return 0',
    caughtBy: 'a u64: 0n, a bigint',
    lists: [],
  },
  {
    name: 'takes the smallest value of a literal for its default',
    file: defaults,
    find: 'return schema.values[0]',
    replace: 'return [...schema.values].sort()[0]',
    caughtBy: 'a literal whose first value is no 0',
    lists: [],
  },
  {
    name: 'takes a first value that is falsy for none',
    file: defaults,
    find: 'return schema.values[0]',
    replace: 'return schema.values[0] || undefined',
    caughtBy: 'a literal whose first value is false',
    lists: [],
  },
  {
    name: 'makes the default of a struct once, wherever it stands in another',
    file: defaults,
    find: 'value[name] = defaultOf(inner)',
    replace: "value[name] = inner.kind === 'struct' ? (Object(inner).known ??= defaultOf(inner)) : defaultOf(inner)",
    caughtBy: 'is new in its parts as well',
    lists: [],
  },
  {
    name: 'compares a value with the default as texts, for which 1 is "1"',
    file: defaults,
    find: 'value === defaultOf(schema)',
    replace: 'String(value) === String(defaultOf(schema))',
    caughtBy: 'never the text 1, if a literal begins with the number',
    lists: [],
  },
  {
    name: 'fills fields that may be absent with defaults',
    file: defaults,
    find: 'if (optional) continue',
    replace: '',
    caughtBy: 'a field that may be absent is absent from the default of its struct',
    lists: [],
  },
  {
    name: 'takes the first case of a union for its default',
    file: defaults,
    find: `    case 'union':
      return undefined`,
    replace: `    case 'union':
      return { [schema.discriminator]: schema.cases[0]?.name }`,
    caughtBy: 'a union has no default',
    lists: [],
  },
  {
    name: 'makes a struct without the union that it must contain',
    file: defaults,
    find: 'if (value[name] === undefined) return undefined',
    replace: '',
    caughtBy: 'a struct that must contain a union',
    lists: [],
  },
  {
    name: 'takes -0 for 0, and loses the sign',
    file: defaults,
    find: "schema.kind === 'f64' ? Object.is(value, 0) : value === defaultOf(schema)",
    replace: 'value === defaultOf(schema)',
    caughtBy: 'never -0',
    lists: ['SE7'],
  },
  {
    name: 'leaves out whatever is falsy, also where 0 is not the default',
    file: defaults,
    find: "schema.kind === 'f64' ? Object.is(value, 0) : value === defaultOf(schema)",
    replace: "!value && !(schema.kind === 'f64' && Object.is(value, -0))",
    caughtBy: 'the first value of a literal',
    lists: [],
  },
  {
    name: 'writes a whole number that came out of a computation as -0',
    file: defaults,
    find: "schema.kind === 'f64' ? Object.is(value, 0) : value === defaultOf(schema)",
    replace: 'Object.is(value, defaultOf(schema))',
    caughtBy: '-0 of a whole number',
    lists: ['SE7'],
  },
  {
    name: 'leaves out a struct in which everything is left out',
    file: defaults,
    find: "if (schema.kind === 'struct' || schema.kind === 'union') return false",
    replace: `if (schema.kind === 'union') return false
  if (schema.kind === 'struct') {
    return schema.fields.every((field) => isDefault(field.schema, Object(value)[field.name]))
  }`,
    caughtBy: 'never a struct, even when there is nothing in it',
    lists: [],
  },
  {
    name: 'gives a union that has one case the only value that it can have',
    file: defaults,
    find: `    case 'union':
      return undefined`,
    replace: `    case 'union': {
      const [only, ...more] = schema.cases
      if (only === undefined || more.length > 0) return undefined
      return { [schema.discriminator]: only.name, ...Object(defaultOf(only.schema)) }
    }`,
    caughtBy: 'a union of one case has no default',
    lists: [],
  },
  {
    name: 'takes a list for empty when there is no text in it',
    file: defaults,
    find: 'if (value instanceof Uint8Array || Array.isArray(value)) return value.length === 0',
    replace: `if (Array.isArray(value)) return value.join('') === ''
  if (value instanceof Uint8Array) return value.length === 0`,
    caughtBy: 'never a list of one empty text',
    lists: [],
  },
  {
    name: 'leaves out a struct without properties, as it does a list without items',
    file: defaults,
    find: "if (schema.kind === 'struct' || schema.kind === 'union') return false",
    replace: `if (schema.kind === 'struct') return Object.keys(Object(value)).length === 0
  if (schema.kind === 'union') return false`,
    caughtBy: 'never a struct, even when there is nothing in it',
    lists: [],
  },
]

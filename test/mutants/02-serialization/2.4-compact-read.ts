/** Mistakes that people make in reading a format without names, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const compact = 'solutions/02-serialization/compact.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'believes a number of items, and begins to read them',
    file: compact,
    find: 'if (count <= countMax) return count',
    replace: 'if (count >= 0) return count',
    caughtBy: 'four billion items in an input of 5 bytes',
    lists: ['SE11'],
  },
  {
    name: 'takes every item for one byte',
    file: compact,
    find: 'Math.floor(reader.remaining / least)',
    replace: 'reader.remaining',
    caughtBy: '2 items of eight bytes, in 15',
    lists: ['SE11'],
  },
  {
    name: 'says that a number is wrong, and points behind it',
    file: compact,
    find: 'throw new Malformed(start, `at most',
    replace: 'throw new Malformed(reader.at, `at most',
    caughtBy: '2^53 - 1 items',
    lists: [],
  },
  {
    name: 'takes the keys of a map in any order',
    file: compact,
    find: 'if (index > 0 && compareKeys(previous, key) >= 0) {',
    replace: 'if (entries.has(key)) {',
    caughtBy: 'a key that comes before the one in front of it is refused',
    lists: [],
  },
  {
    name: 'lets the last of two entries with one key win',
    file: compact,
    find: 'compareKeys(previous, key) >= 0',
    replace: 'compareKeys(previous, key) > 0',
    caughtBy: 'a key that comes twice is refused',
    lists: [],
  },
  {
    name: 'compares each key with the first one',
    file: compact,
    find: 'previous = key',
    replace: 'previous ??= key',
    caughtBy: 'so is one of a later pair',
    lists: [],
  },
  {
    name: 'sets a field that is absent to undefined',
    file: compact,
    find: 'if (!optional || readPresence(reader)) value[name] = read(reader, schema, place)',
    replace: 'value[name] = !optional || readPresence(reader) ? read(reader, schema, place) : undefined',
    caughtBy: 'leaves out a field that was absent, and doesn’t set it to undefined',
    lists: [],
  },
  {
    name: 'takes any byte but 0 for a yes',
    file: compact,
    find: 'if (byte > 1) throw',
    replace: 'if (byte > 255) throw',
    caughtBy: 'a presence of 2',
    lists: [],
  },
  {
    name: 'enters an optional field behind the byte that says whether it is there',
    file: compact,
    find: `reader.at)
    if (!optional ||`,
    replace: `reader.at + (optional ? 1 : 0))
    if (!optional ||`,
    caughtBy: 'counts the byte that says whether a field is there to that field',
    lists: [],
  },
  {
    name: 'says nothing of the byte of a field that is absent',
    file: compact,
    find: `value[name] = read(reader, schema, place)
    place.leave(reader.at)`,
    replace: `value[name] = read(reader, schema, place)
    else {
      place.leave(reader.at - 1)
      continue
    }
    place.leave(reader.at)`,
    caughtBy: 'counts the byte that says whether a field is there to that field',
    lists: [],
  },
  {
    name: 'does not leave an item when it is done with it',
    file: compact,
    find: `items.push(read(reader, item, place))
    place.leave(reader.at)`,
    replace: 'items.push(read(reader, item, place))',
    caughtBy: 'a bool in an item',
    lists: [],
  },
  {
    name: 'does not look whether anything is left behind the value',
    file: compact,
    find: 'if (reader.remaining > 0) throw',
    replace: 'if (reader.remaining < 0) throw',
    caughtBy: 'a second message behind the first',
    lists: ['SE10'],
  },
  {
    name: 'hands out views of the buffer that the next packet is received into',
    file: compact,
    find: 'new Reader(copy.of(bytes))',
    replace: 'new Reader(bytes)',
    caughtBy: 'reads a value that stays the same when the input is written to again',
    lists: ['SE8'],
  },
  {
    name: 'takes NaNs that it would write with other bits',
    file: compact,
    find: 'if (!Number.isNaN(value)) return value',
    replace: 'return value',
    caughtBy: 'a NaN with a sign',
    lists: [],
  },
  {
    name: 'takes a byte for each field of an item, an empty struct too',
    file: compact,
    find: 'sum + lengthMin(part), 0)',
    replace: `sum + (part.kind === 'struct' ? part.fields.length : lengthMin(part)), 0)`,
    caughtBy: 'for an item takes what its parts take',
    lists: [],
  },
  {
    name: 'remembers the least length of a struct for the next one',
    file: compact,
    find: `import { assertItemsTakeBytes, lengthMin } from '#serialization/length-min'`,
    replace: `import { assertItemsTakeBytes, lengthMin as walked } from '#serialization/length-min'

const known = new Map<string, number>()
function lengthMin(schema: Schema): number {
  const least = known.get(schema.kind) ?? walked(schema)
  known.set(schema.kind, least)
  return least
}
`,
    caughtBy: 'for an item takes what its parts take',
    lists: [],
  },
  {
    name: 'looks through all keys for the one before',
    file: compact,
    find: 'compareKeys(previous, key) >= 0',
    replace: 'compareKeys([...entries.keys()].at(-1), key) >= 0',
    caughtBy: 'in the compact format: many items and entries cost as much as their bytes',
    lists: [],
  },
  {
    name: 'looks at the order of the keys after the value has been read',
    file: compact,
    find: `    if (index > 0 && compareKeys(previous, key) >= 0) {
      throw new Malformed(start, \`a key after \${keyStep(previous)}\`, keyStep(key))
    }
    place.enter(keyStep(key), start)
    entries.set(key, read(reader, schema.value, place))
    place.leave(reader.at)
`,
    replace: `    place.enter(keyStep(key), start)
    const value = read(reader, schema.value, place)
    place.leave(reader.at)
    if (index > 0 && compareKeys(previous, key) >= 0) {
      throw new Malformed(start, \`a key after \${keyStep(previous)}\`, keyStep(key))
    }
    entries.set(key, value)
`,
    caughtBy: 'before the value behind it is read',
    lists: [],
  },
  {
    name: 'names a key of 64 bits with 53 of them',
    file: compact,
    find: 'place.enter(keyStep(key), start)',
    replace: `place.enter(keyStep(typeof key === 'bigint' ? Number(key) : key), start)`,
    caughtBy: 'a bool in a map, with its key',
    lists: [],
  },
  {
    name: 'knows of order in some kinds of keys only',
    file: compact,
    find: 'if (index > 0 && compareKeys(previous, key) >= 0) {',
    replace: `if (index > 0 && schema.key.kind !== 'u53' && compareKeys(previous, key) >= 0) {`,
    caughtBy: 'so is a u53',
    lists: [],
  },
  {
    name: 'hands out one empty list to all',
    file: compact,
    find: `function readList(reader: Reader, { item }: List, place: Place): readonly unknown[] {
  const count = readCount(reader, item)
`,
    replace: `const NOTHING: readonly unknown[] = []

function readList(reader: Reader, { item }: List, place: Place): readonly unknown[] {
  const count = readCount(reader, item)
  if (count === 0) return NOTHING
`,
    caughtBy: 'makes a new list and a new map for each message',
    lists: [],
  },
]

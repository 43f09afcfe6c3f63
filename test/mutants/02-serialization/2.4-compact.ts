/** Mistakes that people make in a format without names, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const compact = 'solutions/02-serialization/compact.ts'

const writing: readonly Mutant[] = [
  {
    name: 'writes the items of a list without their number',
    file: compact,
    find: 'writer.varint(items.length)',
    replace: '',
    caughtBy: 'a list without items',
    lists: [],
  },
  {
    name: 'writes a map in the order in which it was filled',
    file: compact,
    find: '.sort(([left], [right]) => compareKeys(left, right))',
    replace: '',
    caughtBy: 'those below 0 first',
    lists: [],
  },
  {
    name: 'sorts the keys of a map as text: 10 before 9',
    file: compact,
    find: '.sort(([left], [right]) => compareKeys(left, right))',
    replace: '.sort()',
    caughtBy: 'numbers in their order, and not in that of their digits',
    lists: [],
  },
  {
    name: 'sorts text by its 16-bit units',
    file: compact,
    find: 'compareKeys(left, right)',
    replace: '((left as string) < (right as string) ? -1 : 1)',
    caughtBy: 'U+FFFD before U+1F600, as in their UTF-8',
    lists: [],
  },
  {
    name: 'takes a field that is 0 for absent',
    file: compact,
    find: 'writer.u8(part === undefined ? 0 : 1)',
    replace: 'writer.u8(part ? 1 : 0)',
    caughtBy: 'a field that may be absent, and isn’t',
    lists: [],
  },
  {
    name: 'says of every field whether it is there',
    file: compact,
    find: 'if (optional) writer.u8(',
    replace: 'writer.u8(',
    caughtBy: 'a struct: its fields, in the order of the schema',
    lists: [],
  },
  {
    name: 'writes the number of a case in the place of its place',
    file: compact,
    find: 'writer.varint(index)',
    replace: 'writer.varint(chosen.number)',
    caughtBy: 'the last case of a union, whatever its number is',
    lists: [],
  },
  {
    name: 'leaves half of a message that failed in front of the next one',
    file: compact,
    find: 'writer.abandon()',
    replace: '',
    caughtBy: 'keeps nothing of a value that threw in the middle for the next message',
    lists: [],
  },
  {
    name: 'trusts TypeScript to have looked at the value',
    file: compact,
    find: 'assertInside(schema, value)',
    replace: '',
    caughtBy: 'refuses to write what the schema does not describe, with the path',
    lists: [],
  },
]

const reading: readonly Mutant[] = [
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
]

export const mutants: readonly Mutant[] = [...writing, ...reading]

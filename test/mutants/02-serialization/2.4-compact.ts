/** Mistakes that people make in writing a format without names, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const compact = 'solutions/02-serialization/compact.ts'

export const mutants: readonly Mutant[] = [
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
    file: 'solutions/02-serialization/messages.ts',
    find: '      writer.abandon()\n',
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
  {
    name: 'puts short text before long text',
    file: compact,
    find: `import { compareKeys } from '#serialization/keys'`,
    replace: `import { compareKeys as byCodePoints } from '#serialization/keys'

function compareKeys(a: unknown, b: unknown): number {
  return typeof a === 'string' && typeof b === 'string' && a.length !== b.length ? a.length - b.length : byCodePoints(a, b)
}
`,
    caughtBy: 'a longer text before a shorter one, if it begins with less',
    lists: [],
  },
  {
    name: 'compares bigints as numbers, of which some are then equal',
    file: compact,
    find: `import { compareKeys } from '#serialization/keys'`,
    replace: `import { compareKeys as exactly } from '#serialization/keys'

function compareKeys(a: unknown, b: unknown): number {
  return typeof a === 'bigint' ? Number(a) - Number(b) : exactly(a, b)
}
`,
    caughtBy: 'bigints that differ where a number has no digits left',
    lists: [],
  },
  {
    name: 'takes what is inherited for absent',
    file: compact,
    find: 'const part = object[name]',
    replace: 'const part = Object.hasOwn(object, name) ? object[name] : undefined',
    caughtBy: 'in the compact format: a field may be a getter',
    lists: [],
  },
]

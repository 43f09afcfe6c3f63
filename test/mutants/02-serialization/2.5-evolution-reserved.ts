/** Mistakes that people make with numbers that are reserved, with those that should be, and with the list of changes. */
import type { Mutant } from '../../mutant.ts'

const evolution = 'solutions/02-serialization/evolution.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'lets a reservation go without a word',
    file: evolution,
    find: `  changes.push(...compareReserved(older.reserved, newer.reserved, newer.fields, path))
`,
    replace: '',
    caughtBy: 'that the newer version has dropped is told of: in a message',
    lists: ['SE14'],
  },
  {
    name: 'looks among the older fields for who has taken a reserved number',
    file: evolution,
    find: 'newer.reserved, newer.fields, path)',
    replace: 'newer.reserved, older.fields, path)',
    caughtBy: 'whose number was taken is told of as that field, and not a second time',
    lists: ['SE14'],
  },
  {
    name: 'takes a reservation that is new for one that was dropped',
    file: evolution,
    find: 'compareReserved(older.reserved, newer.reserved, newer.fields, path)',
    replace: 'compareReserved(newer.reserved, older.reserved, newer.fields, path)',
    caughtBy: 'that is new, or in another place, is no change',
    lists: ['SE14'],
  },
  {
    name: 'tells of reservations before it tells of fields',
    file: evolution,
    find: '  changes.push(...compareReserved(older.reserved, newer.reserved, newer.fields, path))',
    replace: '  changes.unshift(...compareReserved(older.reserved, newer.reserved, newer.fields, path))',
    caughtBy: 'is told of behind all fields',
    lists: [],
  },
  {
    name: 'tells of a reservation in the place of its number, as if it stood at the top',
    file: evolution,
    find: 'newer.reserved, newer.fields, path)',
    replace: "newer.reserved, newer.fields, '')",
    caughtBy: 'that the newer version has dropped is told of: in a field',
    lists: [],
  },
  {
    name: 'gives the number of a case that is gone to another without a word',
    file: evolution,
    find: 'older.reserved.includes(each.number)',
    replace: 'false',
    caughtBy: 'of a number of a case guards it like that of a field',
    lists: ['SE14'],
  },
  {
    name: 'tells of a number that was reserved twice a second time',
    file: 'solutions/02-serialization/renaming.ts',
    find: '[...new Set(older)]',
    replace: '[...older]',
    caughtBy: 'that was dropped is told of by itself, and once',
    lists: [],
  },
  {
    name: 'asks which numbers were reserved of the message alone, and not of the structs in it',
    file: evolution,
    find: 'older.reserved.includes(field.number)',
    replace: "path === '' && older.reserved.includes(field.number)",
    caughtBy: 'whether its number was reserved: it is, in a struct within',
    lists: ['SE14'],
  },
  {
    name: 'takes two reserved numbers for a range',
    file: evolution,
    find: 'older.reserved.includes(field.number)',
    replace: 'Math.min(...older.reserved) <= field.number && field.number <= Math.max(...older.reserved)',
    caughtBy: 'whether its number was reserved: it lies between two that are',
    lists: [],
  },
  {
    name: 'does not warn of the number of a field that might be absent',
    file: evolution,
    find: "const isFree = isReserved ? ''",
    replace: "const isFree = isReserved || optional ? ''",
    caughtBy: 'whether the sentence warns of its number: it may be absent',
    lists: ['SE14'],
  },
  {
    name: 'thinks that a number is taken care of when the name of its field lives on',
    file: evolution,
    find: 'newer.reserved.includes(field.number)',
    replace: 'newer.reserved.includes(field.number) || newer.fields.some(({ name }) => name === field.name)',
    caughtBy: 'whether the sentence warns of its number: its name has another number',
    lists: ['SE14'],
  },
  {
    name: 'sorts the fields that are gone by their numbers',
    file: evolution,
    find: 'for (const field of older.fields) {',
    replace: 'for (const field of older.fields.toSorted((one, other) => one.number - other.number)) {',
    caughtBy: 'has the newer fields in their order, and then the older ones that are gone',
    lists: [],
  },
  {
    name: 'compares a schema that is used in two places only once',
    file: evolution,
    find: `function compareStructs(older: Struct, newer: Struct, path: string): readonly Change[] {
`,
    replace: `const done = new WeakSet<Struct>()
function compareStructs(older: Struct, newer: Struct, path: string): readonly Change[] {
  if (done.has(newer)) return []
  done.add(newer)
`,
    caughtBy: 'tells the same change of two fields twice',
    lists: [],
  },
  {
    name: 'says of every field that is new that it may be absent',
    file: evolution,
    find: `what: \`field \${number} is new\${isOver}\``,
    replace: `what: \`field \${number} is new and may be absent\${isOver}\``,
    caughtBy: 'keeps its fixed phrases for where they are true: a field that is new',
    lists: [],
  },
]

/** Mistakes that people make in what the formats are given, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const folder = 'solutions/02-serialization'

export const mutants: readonly Mutant[] = [
  {
    name: 'writes a number below 0 without zigzag, in ten bytes',
    file: `${folder}/scalars.ts`,
    find: 'zigzag(asBigint(value))',
    replace: 'BigInt.asUintN(64, asBigint(value))',
    caughtBy: 'the i64 -1',
    lists: ['SE5'],
  },
  {
    name: 'puts text in the order of its 16-bit units',
    file: `${folder}/keys.ts`,
    find: 'unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit',
    replace: 'unit',
    caughtBy: 'so is U+FFFD after U+1F600',
    lists: [],
  },
  {
    name: 'takes the field number 0 for an unknown field',
    file: `${folder}/wire.ts`,
    find: 'number < 1 ||',
    replace: '',
    caughtBy: 'the field number 0',
    lists: [],
  },
  {
    name: 'reads a whole number of JSON after it was rounded',
    file: `${folder}/json-read.ts`,
    find: '/^\\d+$/.test(text) && value <= valueMax',
    replace: 'Number.isInteger(value) && value >= 0 && value <= valueMax',
    caughtBy: '2^53 - 1 and a fraction, which is rounded off',
    lists: ['SE4'],
  },
  {
    name: 'lets the last of two members with one name win',
    file: `${folder}/json-reader.ts`,
    find: 'if (names.has(name)) throw',
    replace: 'if (names.size < 0) throw',
    caughtBy: 'a member that comes twice, once with an escape',
    lists: [],
  },
  {
    name: 'takes a second text of the same Base64',
    file: `${folder}/base64.ts`,
    find: 'else if (byte !== 0) return undefined',
    replace: 'else if (byte > 255) return undefined',
    caughtBy: 'with bits that stand for nothing',
    lists: [],
  },
]

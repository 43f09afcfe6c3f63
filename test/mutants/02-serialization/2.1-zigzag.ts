/** Mistakes that people make when they fold the sign of a number, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/02-serialization/varint.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'extends the sign to 64 bits: -1 takes ten bytes',
    file,
    find: 'return value < 0n ? -2n * value - 1n : 2n * value',
    replace: 'return BigInt.asUintN(64, value)',
    caughtBy: 'makes small numbers short, whatever their sign',
    lists: ['SE5'],
  },
  {
    name: 'gives a number and its negative one form',
    file,
    find: '-2n * value - 1n : 2n * value',
    replace: '-2n * value : 2n * value',
    caughtBy: 'folds -1n to 1n',
    lists: ['SE5'],
  },
  {
    name: 'folds 32 bits only',
    file,
    find: 'return value < 0n ? -2n * value - 1n : 2n * value',
    replace: 'return BigInt.asUintN(64, (value << 1n) ^ (value >> 31n))',
    caughtBy: 'unfolded, it is what it was',
    lists: [],
  },
  {
    name: 'cuts a number that has no 64 bits',
    file,
    find: 'if (BigInt.asIntN(64, value) !== value) {',
    replace: 'if (value === 0n && BigInt.asIntN(64, value) !== value) {',
    caughtBy: 'refuses 9223372036854775808n, by name',
    lists: [],
  },
  {
    name: 'unfolds odd numbers one too near to 0',
    file,
    find: '-(folded + 1n) / 2n',
    replace: '-(folded - 1n) / 2n',
    caughtBy: 'has -1n unfolded from 1n',
    lists: ['SE5'],
  },
]

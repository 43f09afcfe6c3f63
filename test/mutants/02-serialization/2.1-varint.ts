/** Mistakes that people make in varints, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/02-serialization/varint.ts'

const inWriting: readonly Mutant[] = [
  {
    name: 'shifts a number of more than 32 bits',
    file,
    find: 'for (; rest > 0x7fffffff; rest = Math.floor(rest / 0x80)) bytes[next++] = (rest % 0x80) | 0x80',
    replace: '',
    caughtBy: '2^32 as 80 80 80 80 10',
    lists: ['SE2'],
  },
  {
    name: 'shifts with the sign, and takes 2^31 for a number below 0',
    file,
    find: `for (; rest > 0x7fffffff; rest = Math.floor(rest / 0x80)) bytes[next++] = (rest % 0x80) | 0x80
  for (; rest > 0x7f; rest >>>= 7) bytes[next++] = (rest & 0x7f) | 0x80`,
    replace: 'for (; rest > 0x7f; rest >>= 7) bytes[next++] = (rest & 0x7f) | 0x80',
    caughtBy: '2^31 as 80 80 80 80 08',
    lists: ['SE2'],
  },
  {
    name: 'gives 128 one byte too few',
    file,
    find: 'for (; rest > 0x7f; rest >>>= 7)',
    replace: 'for (; rest > 0x80; rest >>>= 7)',
    caughtBy: '128 as 80 01',
    lists: [],
  },
  {
    name: 'counts the length with shifts',
    file,
    find: 'rest >= 0x80; rest = Math.floor(rest / 0x80)) length++',
    replace: 'rest >= 0x80; rest >>>= 7) length++',
    caughtBy: '2^35 as 80 80 80 80 80 01',
    lists: ['SE2'],
  },
  {
    name: 'counts the length with a logarithm',
    file,
    find: `  let length = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++
  return length`,
    replace: '  return value === 0 ? 1 : Math.floor(Math.log2(value) / 7) + 1',
    caughtBy: '2^49 - 1 as ff ff ff ff ff ff 7f',
    lists: [],
  },
  {
    name: 'writes a number that no reader gets back exactly',
    file,
    find: 'if (!Number.isSafeInteger(value) || value < 0) {',
    replace: 'if (!Number.isInteger(value) || value < 0) {',
    caughtBy: '9007199254740992 is refused, by name',
    lists: ['SE4'],
  },
  {
    name: 'writes -1 as if it were 255',
    file,
    find: 'if (!Number.isSafeInteger(value) || value < 0) {',
    replace: 'if (!Number.isSafeInteger(value)) {',
    caughtBy: '-1 is refused, by name',
    lists: ['SE5'],
  },
  {
    name: 'writes a bigint by way of a number',
    file,
    find: `  while (rest > SAFE_MAX) {
    bytes[next++] = Number(rest & 0x7fn) | 0x80
    rest >>= 7n
  }
  return writeVarint(bytes, next, Number(rest))`,
    replace: `  for (; rest > 0x7fn; rest = BigInt(Math.floor(Number(rest) / 0x80))) bytes[next++] = (Number(rest) % 0x80) | 0x80
  return writeVarint(bytes, next, Number(rest))`,
    caughtBy: '2^53 + 1 as 81 80 80 80 80 80 80 10',
    lists: ['SE4'],
  },
  {
    name: 'cuts 2^64 to 0',
    file,
    find: 'if (value < 0n || value > U64_MAX) throw',
    replace: 'if (value < 0n) throw',
    caughtBy: '18446744073709551616n is refused, by name',
    lists: [],
  },
  {
    name: 'leaves a number below 0 to writeVarint, which rounds it for the error',
    file,
    find: 'if (value < 0n || value > U64_MAX) throw',
    replace: 'if (value > U64_MAX) throw',
    caughtBy: '-9223372036854775809n is refused, by name',
    lists: ['SE4'],
  },
  {
    name: 'writes at the beginning of the buffer, wherever it is told to',
    file,
    find: `  let rest = value
  let next = at
  for (;`,
    replace: `  let rest = value
  let next = 0
  for (;`,
    caughtBy: 'leaves the bytes around it alone',
    lists: [],
  },
]

const inReading: readonly Mutant[] = [
  {
    name: 'puts the groups together with shifts',
    file,
    find: `      value += (byte - 0x80) * scale
      scale *= 0x80
      continue
    }
    value += byte * scale`,
    replace: `      value |= (byte - 0x80) << Math.log2(scale)
      scale *= 0x80
      continue
    }
    value |= byte << Math.log2(scale)`,
    caughtBy: '2^31 from 80 80 80 80 08',
    lists: ['SE2'],
  },
  {
    name: 'takes the groups with the highest first',
    file,
    find: `      value += (byte - 0x80) * scale
      scale *= 0x80
      continue
    }
    value += byte * scale`,
    replace: `      value = (value + byte - 0x80) * 0x80
      scale = 1
      continue
    }
    value += byte * scale`,
    caughtBy: '300 from ac 02',
    lists: [],
  },
  {
    name: 'reads 2^53 and more as the number next to it',
    file,
    find: 'if (value > Number.MAX_SAFE_INTEGER || byte === 0) break',
    replace: 'if (byte === 0) break',
    caughtBy: '2^53 + 1, 81 80 80 80 80 80 80 10, with all its digits',
    lists: ['SE4'],
  },
  {
    name: 'names a number that is too great by way of a number',
    file,
    find: "'a whole number up to 2^53 - 1', String(exact))",
    replace: "'a whole number up to 2^53 - 1', String(Number(exact)))",
    caughtBy: '2^53 + 1, 81 80 80 80 80 80 80 10, with all its digits',
    lists: ['SE4'],
  },
  {
    name: 'reads as many bytes as come, and returns what is no number any more',
    file,
    find: 'const stop = Math.min(end, start + SAFE_BYTES_MAX)',
    replace: 'const stop = end',
    caughtBy: 'however many bytes it has',
    lists: [],
  },
  {
    name: 'accepts a number in a longer form',
    file,
    find: 'if (value > Number.MAX_SAFE_INTEGER || byte === 0) break',
    replace: 'if (value > Number.MAX_SAFE_INTEGER) break',
    caughtBy: 'is refused, with the offset at which it begins: a number has one form',
    lists: [],
  },
  {
    name: 'takes 0 for padding',
    file,
    find: 'if (start < end && (bytes[start] as number) < 0x80)',
    replace: 'if (start < end && bytes[start] && (bytes[start] as number) < 0x80)',
    caughtBy: '0 from 00',
    lists: [],
  },
  {
    name: 'reads on behind its end, where somebody else’s bytes lie',
    file,
    find: 'const stop = Math.min(end, start + SAFE_BYTES_MAX)',
    replace: 'const stop = Math.min(bytes.length, start + SAFE_BYTES_MAX)',
    caughtBy: 'at the end of the source, even when there are more bytes behind it',
    lists: [],
  },
  {
    name: 'forgets to move past what it has read',
    file,
    find: '    source.at = at + 1\n',
    replace: '',
    caughtBy: 'and moved past, and what follows is left for the next',
    lists: [],
  },
]

const inReading64: readonly Mutant[] = [
  {
    name: 'reads 64 bits into one number',
    file,
    find: `    if (index === 7) scale = 1
    if (index < 7) low += (byte & 0x7f) * scale
    else high += (byte & 0x7f) * scale`,
    replace: '    low += (byte & 0x7f) * scale',
    caughtBy: '2^53 + 1 from 81 80 80 80 80 80 80 10',
    lists: ['SE4'],
  },
  {
    name: 'puts two halves of 32 bits together, where the groups have seven',
    file,
    find: '(BigInt(high) << 49n) | BigInt(low)',
    replace: '(BigInt(high) << 32n) | BigInt(low)',
    caughtBy: '2^53 from 80 80 80 80 80 80 80 10',
    lists: [],
  },
  {
    name: 'lets the tenth byte hold more than its one bit',
    file,
    find: 'if (index === VARINT_BYTES_MAX - 1 && byte > 1) break',
    replace: '',
    caughtBy: 'refused when it has more than 64 bits',
    lists: [],
  },
  {
    name: 'reads on for as long as bytes come, however many',
    file,
    find: `  for (let index = 0; index < VARINT_BYTES_MAX; index++) {
    if (start`,
    replace: `  for (let index = 0; ; index++) {
    if (start`,
    caughtBy: 'refused after a look at ten bytes, when a million go on and on',
    lists: [],
  },
  {
    name: 'puts a bigint together from as many bytes as come',
    file,
    find: `  const { bytes, at: start, end } = source
  let low = 0`,
    replace: `  let endless = 0n
  for (let at = source.at; at < source.end; at++) {
    const byte = source.bytes[at] ?? 0
    endless |= BigInt(byte & 0x7f) << BigInt(7 * (at - source.at))
    if (byte < 0x80) break
  }
  const { bytes, at: start, end } = source
  let low = 0`,
    caughtBy: 'after a look at ten bytes, when a million go on and on',
    lists: [],
  },
  {
    name: 'accepts 64 bits in a longer form',
    file,
    find: 'if (byte === 0 && index > 0) {',
    replace: 'if (byte === 0 && index > 8) {',
    caughtBy: 'refused when it is padded',
    lists: [],
  },
  {
    name: 'says where the input ends, and not where the number begins',
    file,
    find: "if (start + index >= end) throw new Malformed(start, 'a varint'",
    replace: "if (start + index >= end) throw new Malformed(start + index, 'a varint'",
    caughtBy: 'refused wherever it is cut off',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inWriting, ...inReading, ...inReading64]

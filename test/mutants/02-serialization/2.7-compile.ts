/** Mistakes that people make in code that makes code which writes, and around it, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const emitWrite = 'solutions/02-serialization/emit-write.ts'
const compile = 'solutions/02-serialization/compile.ts'
const messages = 'solutions/02-serialization/messages.ts'

const inWhatWrites: readonly Mutant[] = [
  {
    name: 'writes a number before it looks whether it has the right type',
    file: emitWrite,
    find: `if (typeof \${value} !== 'number' || \${value} >>> 0 !== \${value}) return false`,
    replace: `if (\${value} >>> 0 !== +\${value}) return false`,
    caughtBy: 'a u32: refuses what compact refuses',
    lists: [],
  },
  {
    name: 'takes fractions and negative numbers for a u32, and writes 32 bits of them',
    file: emitWrite,
    find: `if (typeof \${value} !== 'number' || \${value} >>> 0 !== \${value}) return false`,
    replace: `if (typeof \${value} !== 'number') return false\`)
      source.line(\`\${value} >>> 0`,
    caughtBy: 'a u32: refuses what compact refuses',
    lists: [],
  },
  {
    name: 'refuses the upper half of u32, since | makes it negative',
    file: emitWrite,
    find: `\${value} >>> 0 !== \${value}`,
    replace: `(\${value} | 0) !== \${value} || \${value} < 0`,
    caughtBy: 'a u32: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'writes a negative i64 without folding it',
    file: emitWrite,
    find: `writer.varint64(tools.zigzag(\${value}))`,
    replace: `writer.varint64(BigInt.asUintN(64, \${value}))`,
    caughtBy: 'an i64: the bytes are those of compact',
    lists: ['SE5'],
  },
  {
    name: 'lets half of a surrogate pair through',
    file: emitWrite,
    find: `if (typeof \${value} !== 'string' || !writer.tryString(\${value})) return false`,
    replace: `if (typeof \${value} !== 'string') return false\`)
      source.line(\`writer.tryString(\${value})`,
    caughtBy: 'a string: refuses what compact refuses',
    lists: [],
  },
  {
    name: 'pastes a text between quotes',
    file: emitWrite,
    find: `\${value} === \${JSON.stringify(each)} ? \${place} : `,
    replace: `\${value} === \${typeof each === 'string' ? \`'\${each}'\` : each} ? \${place} : `,
    caughtBy: 'a literal is text, whatever it says',
    lists: [],
  },
  {
    name: 'writes the place of a literal in one byte, however many there are',
    file: emitWrite,
    find: `writer.varint(\${place})\`)
    }
    case 'list'`,
    replace: `writer.u8(\${place})\`)
    }
    case 'list'`,
    caughtBy: 'a literal of 300 values: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'writes the place of a case in one byte, however many there are',
    file: emitWrite,
    find: `writer.varint(\${place})\`)
    emitWriteFields`,
    replace: `writer.u8(\${place})\`)
    emitWriteFields`,
    caughtBy: 'a union of 300 cases: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'reads fields from the struct around it',
    file: emitWrite,
    find: `source.line(\`const \${part} = \${value}.\${name}\`)`,
    replace: `source.line(\`const \${part} = value.\${name}\`)`,
    caughtBy: 'structs in structs: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'gives an item the same name as the list that it is in',
    file: emitWrite,
    find: `const [index, item] = [source.name('index'), source.name('item')]`,
    replace: `const [index, item] = ['index', 'item']`,
    caughtBy: 'a list of lists: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'names a variable like the field',
    file: emitWrite,
    find: 'const part = source.name(name)',
    replace: 'const part = name',
    caughtBy: 'like a word of JavaScript',
    lists: [],
  },
  {
    name: 'takes null for a field that is absent',
    file: emitWrite,
    find: `writer.u8(\${part} === undefined ? 0 : 1)\`)\n    source.line(\`if (\${part} !== undefined) {\`)`,
    replace: `writer.u8(\${part} == null ? 0 : 1)\`)\n    source.line(\`if (\${part} != null) {\`)`,
    caughtBy: 'a struct: refuses what compact refuses',
    lists: [],
  },
  {
    name: 'leaves the byte of an absent field out',
    file: emitWrite,
    find: `source.line(\`writer.u8(\${part} === undefined ? 0 : 1)\`)\n    source.line(\`if (\${part} !== undefined) {\`)`,
    replace: `source.line(\`if (\${part} !== undefined) {\`)\n    source.line(\`writer.u8(1)\`)`,
    caughtBy: 'a struct: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'the code that writes leaves a map in the order in which it was filled',
    file: emitWrite,
    find: `[...\${value}].sort(tools.compareEntries)`,
    replace: `\${value}`,
    caughtBy: 'a map: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'reads a property of null',
    file: emitWrite,
    find: `    case 'struct':
      source.line(\`if (typeof \${value} !== 'object' || \${value} === null) return false\`)`,
    replace: `    case 'struct':
      source.line(\`if (typeof \${value} !== 'object') return false\`)`,
    caughtBy: 'a struct: refuses what compact refuses',
    lists: [],
  },
]

const around: readonly Mutant[] = [
  {
    name: 'puts a number behind a name, and makes the same name of f1 and 2 as of f and 12',
    file: 'solutions/02-serialization/source.ts',
    find: `return \`\${hint}_\${this.#names}\``,
    replace: `return \`\${hint}\${this.#names}\``,
    caughtBy: 'like another field with a number behind it',
    lists: [],
  },
  {
    name: 'begins a message behind the half of one that was refused',
    file: messages,
    find: '      writer.abandon()\n',
    replace: '',
    caughtBy: 'has nothing in it of a value before it that was refused',
    lists: [],
  },
  {
    name: 'abandons what was written of a refused value, but not when a getter throws',
    file: messages,
    find: `      return use(writer)
    } finally {
      writer.abandon()
      this.#idle = writer
    }`,
    replace: `      const used = use(writer)
      writer.abandon()
      return used
    } finally {
      this.#idle = writer
    }`,
    caughtBy: 'has nothing in it of a value before it whose getter threw',
    lists: [],
  },
  {
    name: 'writes a message into the middle of another, whose value has a getter that encodes',
    file: messages,
    find: '    this.#idle = undefined\n',
    replace: '',
    caughtBy: 'has nothing in it of another one that a getter of its value encodes',
    lists: [],
  },
  {
    name: 'the compiled decoder hands out views of the buffer that the next packet is received into',
    file: compile,
    find: 'views ? bytes : copy.of(bytes)',
    replace: 'bytes',
    caughtBy: 'stay as they are when the input is written to',
    lists: ['SE8'],
  },
  {
    name: 'looks at the names in a schema, and lets a struct pass for a key',
    file: compile,
    find: '      assertKey(schema.key)\n',
    replace: '',
    caughtBy: 'a part that is of no kind for its place is refused',
    lists: [],
  },
  {
    name: 'looks at the names of what says that it is a struct, and writes those of any case',
    file: compile,
    find: '        assertStruct(each.schema)\n',
    replace: '',
    caughtBy: 'a part that is of no kind for its place is refused',
    lists: [],
  },
  {
    name: 'the compiled decoder does not look whether anything is left behind the value',
    file: compile,
    find: 'return reader.remaining === 0 ? value : undefined',
    replace: 'return value',
    caughtBy: 'one more byte at the end',
    lists: ['SE10'],
  },
  {
    name: 'makes code of any name in a schema that came out of a file',
    file: compile,
    find: 'if (fault !== undefined) throw new TypeError(fault)',
    replace: 'if (fault === name) throw new TypeError(fault)',
    caughtBy: 'a name that is no identifier is refused',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inWhatWrites, ...around]

/** Mistakes that people make in reading a format of numbered fields, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const protobufRead = 'solutions/02-serialization/protobuf-read.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'drops what it has not heard of when it reads',
    file: protobufRead,
    find: 'if (kept !== undefined) value[UNKNOWN_FIELDS] = kept',
    replace: '',
    caughtBy: 'survive a copy in which a field was changed',
    lists: ['SE13'],
  },
  {
    name: 'refuses a field that it has not heard of',
    file: protobufRead,
    find: 'if (field === undefined) {',
    replace: `if (field === undefined) throw new Malformed(tagAt, 'a field of the schema', 'another')
    if (field === undefined) {`,
    caughtBy: 'include those of a number that another version uses',
    lists: ['SE13'],
  },
  {
    name: 'finds a field by its place, and not by its number',
    file: protobufRead,
    find: 'const field = fields.find((candidate) => candidate.number === tag.number)',
    replace: 'const field = fields[tag.number - 1]',
    caughtBy: 'a struct in a struct',
    lists: ['SE14'],
  },
  {
    name: 'lets the last of two values win',
    file: protobufRead,
    find: `if (before !== undefined) throw new Malformed(tagAt, 'a field once', 'a second value for it')`,
    replace: '',
    caughtBy: 'another number',
    lists: [],
  },
  {
    name: 'takes a value that is 0 for none at all',
    file: protobufRead,
    find: `if (before !== undefined) throw`,
    replace: `if (before) throw`,
    caughtBy: 'another value after a default',
    lists: [],
  },
  {
    name: 'reads whatever comes as what the schema says',
    file: protobufRead,
    find: 'expectWireType(wireTypeOf(schema), tag, tagAt)',
    replace: '',
    caughtBy: 'a number for a text',
    lists: ['SE14'],
  },
  {
    name: 'reads packed lists alone',
    file: protobufRead,
    find: 'tag.wireType === LENGTH_PREFIXED && wireTypeOf(item) !== LENGTH_PREFIXED',
    replace: 'wireTypeOf(item) !== LENGTH_PREFIXED',
    caughtBy: 'numbers one by one that could be packed',
    lists: [],
  },
  {
    name: 'reads no packed lists',
    file: protobufRead,
    find: 'tag.wireType === LENGTH_PREFIXED && wireTypeOf(item) !== LENGTH_PREFIXED',
    replace: 'tag.wireType !== tag.wireType',
    caughtBy: 'packed numbers in two parts',
    lists: [],
  },
  {
    name: 'lets the last item of a packed list reach beyond it',
    file: protobufRead,
    find: `const part = reader.part(reader.length())
  while (part.remaining > 0) readItem(part, item, items, place)`,
    replace: `const end = reader.length() + reader.at
  while (reader.at < end) readItem(reader, item, items, place)`,
    caughtBy: 'a number that goes on behind its packed list',
    lists: [],
  },
  {
    name: 'keeps the last part of a list alone',
    file: protobufRead,
    find: 'Array.isArray(before) ? before : []',
    replace: '[]',
    caughtBy: 'packed numbers and others',
    lists: [],
  },
  {
    name: 'keeps the last entry of a map alone',
    file: protobufRead,
    find: 'before instanceof Map ? before : new Map()',
    replace: 'new Map()',
    caughtBy: 'entries of a map in any order',
    lists: [],
  },
  {
    name: 'leaves a field that did not come undefined',
    file: protobufRead,
    find: 'found.has(field) ? found.get(field) : absent(reader, field, place)',
    replace: 'found.get(field)',
    caughtBy: 'is read as the default',
    lists: [],
  },
  {
    name: 'sets a field that is absent to undefined, in a message of fields',
    file: protobufRead,
    find: 'if (part !== undefined) value[field.name] = part',
    replace: 'value[field.name] = part',
    caughtBy: 'and may be absent is no property at all',
    lists: [],
  },
  {
    name: 'lets the last of two values win, in some kinds of fields',
    file: protobufRead,
    find: 'if (before !== undefined) throw',
    replace: `if (before !== undefined && !['union', 'bytes', 'f64'].includes(schema.kind)) throw`,
    caughtBy: 'a second value is refused at its tag: union',
    lists: [],
  },
  {
    name: 'does not look at the wire type of a union',
    file: protobufRead,
    find: 'expectWireType(wireTypeOf(schema), tag, tagAt)',
    replace: `if (schema.kind !== 'union') expectWireType(wireTypeOf(schema), tag, tagAt)`,
    caughtBy: 'another wire type is refused at its tag: union',
    lists: [],
  },
  {
    name: 'does not look at the wire type of items that are structs',
    file: protobufRead,
    find: 'expectWireType(wireTypeOf(item), tag, tagAt)',
    replace: 'if (isLeaf(item)) expectWireType(wireTypeOf(item), tag, tagAt)',
    caughtBy: 'another wire type of an item is refused at its tag: struct',
    lists: [],
  },
  {
    name: 'reads a second value before it refuses it',
    file: protobufRead,
    find: `if (before !== undefined) throw new Malformed(tagAt, 'a field once', 'a second value for it')
      expectWireType(wireTypeOf(schema), tag, tagAt)
`,
    replace: `expectWireType(wireTypeOf(schema), tag, tagAt)
      if (before !== undefined) {
        readValue(reader, schema, place)
        throw new Malformed(tagAt, 'a field once', 'a second value for it')
      }
`,
    caughtBy: 'before that value is read',
    lists: [],
  },
  {
    name: 'adds packed items as the arguments of one call',
    file: protobufRead,
    find: 'while (part.remaining > 0) readItem(part, item, items, place)',
    replace: `const more: unknown[] = []
  while (part.remaining > 0) readItem(part, item, more, place)
  items.push(...more)`,
    caughtBy: 'half a million packed items are read like three',
    lists: [],
  },
  {
    name: 'copies all items for each that comes',
    file: protobufRead,
    find: 'Array.isArray(before) ? before : []',
    replace: 'Array.isArray(before) ? [...before] : []',
    caughtBy: 'in the Protobuf format: many items and entries cost as much as their bytes',
    lists: [],
  },
  {
    name: 'forgets in which case it has kept unknown fields',
    file: protobufRead,
    find: '    if (value[UNKNOWN_FIELDS] !== undefined) value[UNKNOWN_FIELDS_CASE] = found.number\n',
    replace: '',
    caughtBy: 'stay behind when a value becomes another case',
    lists: ['SE13'],
  },
]

/** Mistakes that people make in a format of numbered fields, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const protobuf = 'solutions/02-serialization/protobuf.ts'
const protobufRead = 'solutions/02-serialization/protobuf-read.ts'

const writing: readonly Mutant[] = [
  {
    name: 'writes fields that have their default',
    file: protobuf,
    find: 'part === undefined || (!optional && isDefault(schema, part))',
    replace: 'part === undefined',
    caughtBy: 'those of scalars, literals, lists and maps are left out',
    lists: [],
  },
  {
    name: 'leaves out a field that may be absent, and is 0',
    file: protobuf,
    find: '(!optional && isDefault(schema, part))',
    replace: 'isDefault(schema, part)',
    caughtBy: 'a field that may be absent is written if it is there',
    lists: [],
  },
  {
    name: 'takes everything that is falsy for a default, -0 with it',
    file: protobuf,
    find: 'isDefault(schema, part)',
    replace: '(!part || isDefault(schema, part))',
    caughtBy: '-0 is not the default',
    lists: ['SE7'],
  },
  {
    name: 'writes fields in the order of the schema',
    file: protobuf,
    find: 'fields.toSorted((a, b) => a.number - b.number)',
    replace: 'fields',
    caughtBy: 'fields in the order of their numbers',
    lists: [],
  },
  {
    name: 'sorts the fields of the schema itself',
    file: protobuf,
    find: 'fields.toSorted((',
    replace: '(fields as Field[]).sort((',
    caughtBy: 'leaves the fields of the schema in their order',
    lists: [],
  },
  {
    name: 'sorts the entries of a map, as the compact format does',
    file: protobuf,
    find: 'of asMap(value)) {',
    replace: 'of [...asMap(value)].sort()) {',
    caughtBy: 'a map as it was filled',
    lists: [],
  },
  {
    name: 'drops what it has not heard of when it writes',
    file: protobuf,
    find: 'writeUnknown(writer, object[UNKNOWN_FIELDS])',
    replace: '',
    caughtBy: 'are kept, and written again behind those it knows: four bytes',
    lists: ['SE13'],
  },
  {
    name: 'packs no list',
    file: protobuf,
    find: 'if (!isPacked(schema)) {',
    replace: 'if (schema.kind !== undefined) {',
    caughtBy: 'a list of numbers, packed',
    lists: [],
  },
  {
    name: 'packs text, whose items then have no end',
    file: protobuf,
    find: 'return isLeaf(item) && wireTypeOf(item) !== LENGTH_PREFIXED',
    replace: 'return isLeaf(item)',
    caughtBy: 'a list of texts: a field each',
    lists: [],
  },
  {
    name: 'leaves out the value of an entry that has its default',
    file: protobuf,
    find: 'writeField(writer, 2, valueSchema, item)',
    replace: 'if (!isDefault(valueSchema, item)) writeField(writer, 2, valueSchema, item)',
    caughtBy: 'keys and values of a map are written',
    lists: [],
  },
  {
    name: 'writes a packed list without its length',
    file: protobuf,
    find: `const mark = writer.beginPart()
  for (const item of items) writeLeaf(writer, schema, item)
  writer.endPart(mark)`,
    replace: 'for (const item of items) writeLeaf(writer, schema, item)',
    caughtBy: 'a list of literals, packed',
    lists: [],
  },
]

const reading: readonly Mutant[] = [
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
]

export const mutants: readonly Mutant[] = [...writing, ...reading]

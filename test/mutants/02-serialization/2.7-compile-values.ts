/** Mistakes that people make in code that makes code which looks at values, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const emitWrite = 'solutions/02-serialization/emit-write.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'asks for a field that may be absent once more',
    file: emitWrite,
    find: `if (\${part} !== undefined) {`,
    replace: `if (\${value}.\${name} !== undefined) {`,
    caughtBy: 'is asked for each field and each discriminator once',
    lists: [],
  },
  {
    name: 'writes that a field is there as it was asked the first time',
    file: emitWrite,
    find: `writer.u8(\${part} === undefined ? 0 : 1)`,
    replace: `writer.u8(\${value}.\${name} === undefined ? 0 : 1)`,
    caughtBy: 'is written as it was looked at',
    lists: [],
  },
  {
    name: 'asks for the discriminator at each case',
    file: emitWrite,
    find: `if (\${chosen} === \${JSON.stringify(name)}) {`,
    replace: `if (\${value}.\${discriminator} === \${JSON.stringify(name)}) {`,
    caughtBy: 'is asked for each field and each discriminator once',
    lists: [],
  },
  {
    name: 'takes what is instanceof Object for a struct: functions too, and no object without a prototype',
    file: emitWrite,
    find: `    case 'struct':
      source.line(\`if (typeof \${value} !== 'object' || \${value} === null) return false\`)`,
    replace: `    case 'struct':
      source.line(\`if (!(\${value} instanceof Object)) return false\`)`,
    caughtBy: 'a struct without fields: refuses what compact refuses',
    lists: [],
  },
  {
    name: 'the code that writes sets a variable that nobody has declared',
    file: emitWrite,
    find: `source.line(\`const \${part} = \${value}.\${name}\`)`,
    replace: `source.line(\`\${part} = \${value}.\${name}\`)`,
    caughtBy: 'a struct: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'puts what is a number or a text into a variable, and asks for a list each time',
    file: emitWrite,
    find: `    if (!optional) {
      emitWrite(source, schema, part)`,
    replace: `    if (!optional) {
      emitWrite(source, schema, schema.kind === 'list' ? \`\${value}.\${name}\` : part)`,
    caughtBy: 'is asked for each field and each discriminator once',
    lists: [],
  },
  {
    name: 'asks for an item once to look at it, and once to write it',
    file: emitWrite,
    find: `  source.line(\`const \${item} = \${value}[\${index}]\`)
  emitWrite(source, schema, item)`,
    replace: `  emitWrite(source, schema, \`\${value}[\${index}]\`)`,
    caughtBy: 'is asked for each item of a list once',
    lists: [],
  },
  {
    name: 'reads all fields before it looks at the first',
    file: emitWrite,
    find: `  for (const { name, optional, schema } of fields) {
    const part = source.name(name)
    source.line(\`const \${part} = \${value}.\${name}\`)`,
    replace: `  const parts = fields.map((field) => [field, source.name(field.name)] as const)
  for (const [field, part] of parts) source.line(\`const \${part} = \${value}.\${field.name}\`)
  for (const [{ optional, schema }, part] of parts) {`,
    caughtBy: 'a value is refused at its first fault',
    lists: [],
  },
  {
    name: 'takes an empty text for a field that is absent',
    file: emitWrite,
    find: `writer.u8(\${part} === undefined ? 0 : 1)\`)\n    source.line(\`if (\${part} !== undefined) {\`)`,
    replace: `writer.u8(\${part} === undefined || \${part} === '' ? 0 : 1)\`)\n    source.line(\`if (\${part} !== undefined && \${part} !== '') {\`)`,
    caughtBy:
      'a struct whose fields may be absent, and count as false when they are there: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'takes what is instanceof Array for a list, and so what inherits from one',
    file: emitWrite,
    find: `if (!Array.isArray(\${value})) return false`,
    replace: `if (!(\${value} instanceof Array)) return false`,
    caughtBy: 'a list: refuses what compact refuses',
    lists: [],
  },
  {
    name: 'takes the items out of the list, which the caller keeps',
    file: emitWrite,
    find: `  source.line(\`for (let \${index} = 0; \${index} < \${value}.length; \${index}++) {\`)
  source.line(\`const \${item} = \${value}[\${index}]\`)`,
    replace: `  source.line(\`for (const \${item} of \${value}.splice(0)) {\`)`,
    caughtBy: 'a list: the bytes are those of compact',
    lists: [],
  },
  {
    name: 'leaves a Buffer to compact, since its constructor is not Uint8Array',
    file: emitWrite,
    find: `if (!(\${value} instanceof Uint8Array)) return false`,
    replace: `if (\${value}?.constructor !== Uint8Array) return false`,
    caughtBy: 'a Buffer: it is a Uint8Array',
    lists: [],
  },
  {
    name: 'takes the getters of a class for fields that are absent',
    file: emitWrite,
    find: `source.line(\`const \${part} = \${value}.\${name}\`)`,
    replace: `source.line(\`const \${part} = Object.hasOwn(\${value}, '\${name}') ? \${value}.\${name} : undefined\`)`,
    caughtBy: 'an instance of a class, whose fields are getters',
    lists: [],
  },
  {
    name: 'leaves -0 to compact, since Object.is tells it from 0',
    file: emitWrite,
    find: `\${value} === \${JSON.stringify(each)} ? \${place} : `,
    replace: `Object.is(\${value}, \${JSON.stringify(each)}) ? \${place} : `,
    caughtBy: '-0 for the literal 0',
    lists: [],
  },
  {
    name: 'the code that writes takes the size of a map for the number of the entries that it goes through',
    file: 'solutions/02-serialization/emit-write.ts',
    find: `writer.varint(\${entries}.length)`,
    replace: `writer.varint(\${value}.size)`,
    caughtBy: 'a Map that shows fewer entries than it has',
    lists: [],
  },
]

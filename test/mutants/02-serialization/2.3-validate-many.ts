/** Mistakes that people make when values are large, deep, or changed, or in a case of their own; and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const validate = 'solutions/02-serialization/validate.ts'

const loop = `  for (let index = 0; index < value.length; index++) {
    const inner = faultOf(schema.item, value[index])
    if (inner !== undefined) return within(\`[\${index}]\`, inner)
  }
  return undefined
`

const inLarge: readonly Mutant[] = [
  {
    name: 'calls itself for the rest of a list, until the stack is full',
    file: validate,
    find: loop,
    replace: `  const rest = (index: number): Fault | undefined => {
    if (index >= value.length) return undefined
    const inner = faultOf(schema.item, value[index])
    return inner === undefined ? rest(index + 1) : within(\`[\${index}]\`, inner)
  }
  return rest(0)
`,
    caughtBy: 'of a list: all are looked at, and none again and again',
    lists: [],
  },
  {
    name: 'copies the rest of a list for each item',
    file: validate,
    find: 'const inner = faultOf(schema.item, value[index])',
    replace: 'const inner = faultOf(schema.item, value.slice(index)[0])',
    caughtBy: 'of a list: all are looked at, and none again and again',
    lists: [],
  },
  {
    name: 'copies a map for each of its entries',
    file: validate,
    find: '  for (const [key, item] of value) {\n',
    replace: `  for (let index = 0; index < value.size; index++) {
    const [key, item] = [...value][index] as [unknown, unknown]
`,
    caughtBy: 'of a map: all are looked at, and none again and again',
    lists: [],
  },
  {
    name: 'looks for the first item that is wrong, and asks it again at each level',
    file: validate,
    find: loop,
    replace: `  const index = [...value].findIndex((item) => faultOf(schema.item, item) !== undefined)
  return index < 0 ? undefined : within(\`[\${index}]\`, faultOf(schema.item, value[index]) as Fault)
`,
    caughtBy: 'is found without going through a level twice: lists in each other',
    lists: [],
  },
  {
    name: 'asks a field that is wrong again, at each level',
    file: validate,
    find: `    if (inner !== undefined) return within(\`.\${name}\`, inner)`,
    replace: `    if (inner !== undefined) return within(\`.\${name}\`, faultOf(wanted, value[name]) ?? inner)`,
    caughtBy: 'is found without going through a level twice: structs in each other',
    lists: [],
  },
  {
    name: 'remembers which objects were sound, and does not look at them again',
    file: validate,
    find: 'export function faultOf(schema: Schema, value: unknown): Fault | undefined {\n',
    replace: `const sound = new WeakSet<object>()
export function faultOf(schema: Schema, value: unknown): Fault | undefined {
  if (isObject(value) && sound.has(value)) return undefined
  const found = faultIn(schema, value)
  if (isObject(value) && found === undefined) sound.add(value)
  return found
}
function faultIn(schema: Schema, value: unknown): Fault | undefined {
`,
    caughtBy: 'is looked at anew: it may have changed',
    lists: [],
  },
  {
    name: 'remembers for each schema which objects were sound',
    file: validate,
    find: 'export function faultOf(schema: Schema, value: unknown): Fault | undefined {\n',
    replace: `const sound = new WeakMap<Schema, WeakSet<object>>()
export function faultOf(schema: Schema, value: unknown): Fault | undefined {
  if (isObject(value) && sound.get(schema)?.has(value)) return undefined
  const found = faultIn(schema, value)
  if (isObject(value) && found === undefined) sound.set(schema, (sound.get(schema) ?? new WeakSet()).add(value))
  return found
}
function faultIn(schema: Schema, value: unknown): Fault | undefined {
`,
    caughtBy: 'is looked at anew: it may have changed',
    lists: [],
  },
]

const inCases: readonly Mutant[] = [
  {
    name: 'asks indexOf for the place of an item, which finds no NaN and the first of those that are equal',
    file: validate,
    find: `within(\`[\${index}]\`, inner)`,
    replace: `within(\`[\${value.indexOf(value[index])}]\`, inner)`,
    caughtBy: 'has its fault at the first item that is wrong',
    lists: [],
  },
  {
    name: 'takes any array of bytes for bytes, and Int8Array among them',
    file: validate,
    find: 'value instanceof Uint8Array',
    replace: 'ArrayBuffer.isView(value) && (value as Uint8Array).BYTES_PER_ELEMENT === 1',
    caughtBy: 'is outside the schema: not bytes, though each item is one',
    lists: [],
  },
  {
    name: 'takes what inherits from Array for a list',
    file: validate,
    find: 'if (!Array.isArray(value)) return',
    replace: 'if (!(value instanceof Array)) return',
    caughtBy: 'another thing in the place of a list: an object of the class is the fault itself',
    lists: [],
  },
  {
    name: 'takes what calls itself a Map for one',
    file: validate,
    find: "if (!(value instanceof Map)) return fault('', expectation(schema), value)\n  for (const [key, item] of value)",
    replace:
      "if (!String(Object.prototype.toString.call(value)).includes('Map]')) return fault('', expectation(schema), value)\n  for (const [key, item] of value instanceof Map ? value : [])",
    caughtBy: 'another thing in the place of a map: an object called one is the fault itself',
    lists: [],
  },
  {
    name: 'takes -0 for no value of a literal with 0',
    file: validate,
    find: '(schema.values as readonly unknown[]).includes(value)',
    replace: '(schema.values as readonly unknown[]).some((each) => Object.is(each, value))',
    caughtBy: 'is 0, and -0 as well',
    lists: [],
  },
  {
    name: 'stops at the first optional field that is absent',
    file: validate,
    find: '    const inner = part === undefined ?',
    replace: '    if (optional && part === undefined) return undefined\n    const inner = part === undefined ?',
    caughtBy: 'may leave out a field that is optional, or have undefined there',
    lists: [],
  },
  {
    name: 'says one of, where there is one',
    file: validate,
    find: 'oneOf(cases.map((candidate) => candidate.name))',
    replace: `\`one of \${cases.map((candidate) => inWords(candidate.name)).join(', ')}\``,
    caughtBy: 'names in that fault its cases, as oneOf does: 1',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...inLarge, ...inCases]

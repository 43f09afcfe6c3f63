/** Mistakes that people make when several parts of a value are wrong, or when a part is of one kind and not of another; and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const validate = 'solutions/02-serialization/validate.ts'
const fieldsLoop = 'for (const { name, optional, schema: wanted } of schema.fields) {'
const itemsLoop = '  for (let index = 0; index < value.length; index++) {\n'
const entriesLoop = 'for (const [key, item] of value) {'
const faultOfStart = 'export function faultOf(schema: Schema, value: unknown): Fault | undefined {\n'

const ofOrder: readonly Mutant[] = [
  {
    name: 'looks for fields that are missing, and only then for those that are wrong',
    file: validate,
    find: fieldsLoop,
    replace: `for (const { name, optional, schema: wanted } of schema.fields) {
    if (!optional && value[name] === undefined) return fault(\`.\${name}\`, expectation(wanted), undefined)
  }
  ${fieldsLoop}`,
    caughtBy: 'field by field: a that is wrong, before b that is missing',
    lists: [],
  },
  {
    name: 'checks the fields that must be there before those that may be absent',
    file: validate,
    find: fieldsLoop,
    replace: fieldsLoop.replace(
      'schema.fields',
      'schema.fields.toSorted((a, b) => Number(a.optional) - Number(b.optional))',
    ),
    caughtBy: 'field by field: an optional field, before one that must be there',
    lists: [],
  },
  {
    name: 'checks fields in the order of their numbers',
    file: validate,
    find: fieldsLoop,
    replace: fieldsLoop.replace('schema.fields', 'schema.fields.toSorted((a, b) => a.number - b.number)'),
    caughtBy: 'field by field: the field with number 2, before that with 1',
    lists: [],
  },
  {
    name: 'checks fields in the order in which the object has them',
    file: validate,
    find: fieldsLoop,
    replace: fieldsLoop.replace(
      'schema.fields',
      'schema.fields.toSorted((a, b) => Object.keys(value).indexOf(a.name) - Object.keys(value).indexOf(b.name))',
    ),
    caughtBy: 'field by field: a before b, whatever the order of the object',
    lists: [],
  },
  {
    name: 'checks the fields without parts first, since they are quick',
    file: validate,
    find: fieldsLoop,
    replace: fieldsLoop.replace(
      'schema.fields',
      "schema.fields.toSorted((a, b) => Number(a.schema.kind === 'list') - Number(b.schema.kind === 'list'))",
    ),
    caughtBy: 'field by field: a part of a list, before a scalar behind the list',
    lists: [],
  },
  {
    name: 'looks for holes first, and then at the items',
    file: validate,
    find: itemsLoop,
    replace: `  const hole = value.findIndex((item) => item === undefined)
  if (hole >= 0) return within(\`[\${hole}]\`, fault('', expectation(schema.item), undefined))
${itemsLoop}`,
    caughtBy: 'item by item: a wrong item, before one that is undefined',
    lists: [],
  },
  {
    name: 'asks all items what they are, and only then what is in them',
    file: validate,
    find: itemsLoop,
    replace: `  for (let index = 0; index < value.length; index++) {
    if (schema.item.kind === 'list' && !Array.isArray(value[index])) {
      return within(\`[\${index}]\`, fault('', expectation(schema.item), value[index]))
    }
  }
${itemsLoop}`,
    caughtBy: 'item by item: a part of an item, before an item that is no list',
    lists: [],
  },
  {
    name: 'goes through a Map by sorted keys',
    file: validate,
    find: entriesLoop,
    replace: 'for (const [key, item] of [...value].toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))) {',
    caughtBy: 'entry by entry: the earlier of two values, and not the lesser key',
    lists: [],
  },
]

const ofKinds: readonly Mutant[] = [
  {
    name: 'checks keys that are text or a number, and takes any key for a boolean',
    file: validate,
    find: 'faultOf(schema.key, key) ??',
    replace: "(schema.key.kind === 'bool' ? undefined : faultOf(schema.key, key)) ??",
    caughtBy: 'has the fault of a key at the key: of the kind bool',
    lists: [],
  },
  {
    name: 'goes through a list of numbers with every, which passes over holes',
    file: validate,
    find: itemsLoop,
    replace: `  if (schema.item.kind === 'f64' && value.every((item) => typeof item === 'number')) return undefined
${itemsLoop}`,
    caughtBy: 'has a fault where nothing is, in the place of an item: f64',
    lists: [],
  },
  {
    name: 'asks for the Array of its own program as well, and refuses one from elsewhere',
    file: validate,
    find: 'if (!Array.isArray(value)) return',
    replace: 'if (!Array.isArray(value) || !(value instanceof Array)) return',
    caughtBy: 'may have been made elsewhere, with an Array of its own',
    lists: [],
  },
  {
    name: 'takes a view of a buffer for no object',
    file: validate,
    find: `if (!isObject(value)) return fault('', expectation(schema), value)
  for (const { name`,
    replace: `if (!isObject(value) || ArrayBuffer.isView(value)) return fault('', expectation(schema), value)
  for (const { name`,
    caughtBy: 'is an object also if that is an array or a Map',
    lists: [],
  },
  {
    name: 'takes a Map for no object where a union is asked for',
    file: validate,
    find: `if (!isObject(value)) return fault('', expectation(schema), value)
  const { discriminator`,
    replace: `if (!isObject(value) || value instanceof Map) return fault('', expectation(schema), value)
  const { discriminator`,
    caughtBy: 'is an object of any class, with a discriminator from anywhere',
    lists: [],
  },
]

const ofWork: readonly Mutant[] = [
  {
    name: 'spreads a list into a call, and fills the stack',
    file: validate,
    find: itemsLoop,
    replace: `  const copy: unknown[] = []
  copy.push(...value)
${itemsLoop}`,
    caughtBy: 'of a list: all are looked at, however many there are',
    lists: [],
  },
  {
    name: 'asks at each level whether all below is sound, and goes through it again',
    file: validate,
    find: faultOfStart,
    replace: `function isInside(schema: Schema, value: unknown): boolean {
  if (schema.kind === 'list') return Array.isArray(value) && [...value].every((item) => isInside(schema.item, item))
  if (schema.kind === 'struct') {
    return isObject(value) && schema.fields.every((field) => isInside(field.schema, value[field.name]))
  }
  return schema.kind !== 'map' && schema.kind !== 'union' && isScalar(schema, value)
}
${faultOfStart}  if (isInside(schema, value)) return undefined
`,
    caughtBy: 'is found without going through a level twice: lists in each other',
    lists: [],
  },
  {
    name: 'remembers which objects were sound if they are frozen, and forgets the lists in them',
    file: validate,
    find: faultOfStart,
    replace: `const sound = new WeakMap<Schema, WeakSet<object>>()
${faultOfStart}  if (isObject(value) && sound.get(schema)?.has(value)) return undefined
  const found = faultIn(schema, value)
  if (!isObject(value) || !Object.isFrozen(value) || found !== undefined) return found
  sound.set(schema, (sound.get(schema) ?? new WeakSet()).add(value))
  return undefined
}
function faultIn(schema: Schema, value: unknown): Fault | undefined {
`,
    caughtBy: 'is looked at anew, also if it is frozen',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...ofOrder, ...ofKinds, ...ofWork]

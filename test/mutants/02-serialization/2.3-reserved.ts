/** Mistakes that people make with reserved numbers, with what a caller has given, and with numbers at the edge; and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const schema = 'solutions/02-serialization/schema.ts'
const structMade = "return { kind: 'struct', shape, fields, reserved: [...reserved] }"
const unionMade = "return { kind: 'union', discriminator, shape, cases, reserved: [...reserved] }"
const casesNumbered = "numberedParts(shape, 'case', reserved)"
const ifCaseHasField = 'if (item.fields.some((field) => field.name === discriminator)) {'

const ofCallers: readonly Mutant[] = [
  {
    name: "keeps the caller's array of reserved numbers, to which the caller may push",
    file: schema,
    find: structMade,
    replace: "return { kind: 'struct', shape, fields, reserved }",
    caughtBy: 'a struct: leaves to the caller what the caller has given',
    lists: [],
  },
  {
    name: "keeps, in a union, the caller's array of reserved numbers",
    file: schema,
    find: unionMade,
    replace: "return { kind: 'union', discriminator, shape, cases, reserved }",
    caughtBy: 'a union: leaves to the caller what the caller has given',
    lists: [],
  },
  {
    name: "freezes the caller's array of reserved numbers",
    file: schema,
    find: structMade,
    replace: "return { kind: 'struct', shape, fields, reserved: Object.freeze(reserved) }",
    caughtBy: 'a struct: leaves to the caller what the caller has given',
    lists: [],
  },
  {
    name: "freezes the caller's shape",
    file: schema,
    find: structMade,
    replace: "return { kind: 'struct', shape: Object.freeze(shape), fields, reserved: [...reserved] }",
    caughtBy: 'a struct: leaves to the caller what the caller has given',
    lists: [],
  },
  {
    name: "takes the numbers off in the caller's shape itself",
    file: schema,
    find: 'parts.push({ name, number, item: withoutNumber(given) })',
    replace: `Object.assign(shape, { [name]: withoutNumber(given) })
    parts.push({ name, number, item: withoutNumber(given) })`,
    caughtBy: 'a union: leaves to the caller what the caller has given',
    lists: [],
  },
  {
    name: 'remembers the numbers of a shape, whatever is reserved the next time',
    file: schema,
    find: `export function struct<const F extends Shape>(shape: F, { reserved = [] }: Reserving = {}): Struct<F> {
`,
    replace: `const known = new WeakMap<Shape, Struct>()
export function struct<const F extends Shape>(shape: F, reserving: Reserving = {}): Struct<F> {
  const made = known.get(shape) ?? structOf(shape, reserving)
  known.set(shape, made)
  return { ...made, shape, reserved: [...(reserving.reserved ?? [])] }
}
function structOf<const F extends Shape>(shape: F, { reserved = [] }: Reserving = {}): Struct<F> {
`,
    caughtBy: 'is made of its shape and its reserved numbers alone',
    lists: [],
  },
]

const ofCases: readonly Mutant[] = [
  {
    name: 'guards the numbers of cases by what their structs reserve for fields',
    file: schema,
    find: casesNumbered,
    replace:
      "numberedParts(shape, 'case', [...reserved, ...Object.values(shape).flatMap((each) => withoutNumber(each).reserved)])",
    caughtBy: 'a case may have a number that the struct of another reserves',
    lists: [],
  },
  {
    name: 'says that a union reserves what its structs reserve',
    file: schema,
    find: unionMade,
    replace:
      "return { kind: 'union', discriminator, shape, cases, reserved: [...reserved, ...cases.flatMap((each) => each.schema.reserved)] }",
    caughtBy: 'a case may have a number that its own struct reserves',
    lists: [],
  },
  {
    name: 'refuses a case the number that its own struct reserves for fields',
    file: schema,
    find: ifCaseHasField,
    replace: `if (item.reserved.includes(number)) throw new TypeError(\`\${name}: the number \${number} is reserved\`)
    ${ifCaseHasField}`,
    caughtBy: 'a case may have a number that its own struct reserves',
    lists: [],
  },
  {
    name: 'refuses a field the number that its union reserves for cases',
    file: schema,
    find: ifCaseHasField,
    replace: `const wrong = item.fields.find((field) => reserved.includes(field.number))
    if (wrong !== undefined) throw new TypeError(\`\${name}.\${wrong.name}: the number \${wrong.number} is reserved\`)
    ${ifCaseHasField}`,
    caughtBy: 'a field may have a number that the union reserves',
    lists: [],
  },
  {
    name: 'refuses a field the number of its case',
    file: schema,
    find: ifCaseHasField,
    replace: `if (item.fields.some((field) => field.number === number && number > 1)) throw new TypeError(\`\${name}: \${number} is taken\`)
    ${ifCaseHasField}`,
    caughtBy: 'a case and a field of it may have the same number',
    lists: [],
  },
  {
    name: 'refuses one struct in two cases, though their names tell them apart',
    file: schema,
    find: ifCaseHasField,
    replace: `if (cases.some((each) => each.schema === item)) throw new TypeError(\`\${name} is like another case\`)
    ${ifCaseHasField}`,
    caughtBy: 'may have one struct in two cases',
    lists: [],
  },
  {
    name: 'refuses a case that is called like the discriminator',
    file: schema,
    find: ifCaseHasField,
    replace: `if (name === discriminator || item.fields.some((field) => field.name === discriminator)) {`,
    caughtBy: 'may have the name of its discriminator elsewhere',
    lists: [],
  },
  {
    name: 'lets a case be counted into a number that is reserved',
    file: schema,
    find: 'if (owner !== undefined) throw',
    replace: "if (owner !== undefined && (word === 'field' || givenNumber(given) !== undefined)) throw",
    caughtBy: 'gives no case a reserved number, which was that of one that is gone: counted',
    lists: ['SE14'],
  },
]

const atEdges: readonly Mutant[] = [
  {
    name: 'takes a literal below the least safe integer',
    file: schema,
    find: '!Number.isSafeInteger(value) ||',
    replace: '!Number.isInteger(value) || value >= 2 ** 53 ||',
    caughtBy: 'refuses the number -9007199254740992',
    lists: ['SE4'],
  },
  {
    name: 'counts past the greatest number that there is',
    file: schema,
    find: 'nameFault(name) ?? numberFault(number)',
    replace: 'nameFault(name) ?? (number === previous + 1 && number > 2 ** 28 ? undefined : numberFault(number))',
    caughtBy: 'cannot be counted past the greatest',
    lists: [],
  },
]

export const mutants: readonly Mutant[] = [...ofCallers, ...ofCases, ...atEdges]

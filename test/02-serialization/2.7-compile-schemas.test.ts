import { describe, expect, test } from 'vitest'
import { compileDecoder, compileEncoder } from '#serialization/compile'
import {
  bool,
  list,
  literal,
  map,
  optional,
  type Schema,
  type Shape,
  string,
  struct,
  u32,
  union,
} from '#serialization/schema'
import { expectedOf, expectReadAlone, expectWrittenAlone, messageOf, readingCode, writingCode } from './compiled.ts'

/** The value is written and read by code that was made for the schema, and by nobody else. */
function expectMade(schema: Schema, value: unknown, rule: string): void {
  const [writing, reading] = [writingCode(schema), readingCode(schema)]
  const encoded = writing.encode(value)
  expect(encoded.outcome, `${rule}; ${writing.shown}`).toEqual(expectedOf(schema, value))
  expectWrittenAlone(encoded, `${rule}; ${writing.shown}`)
  const read = reading.decode(messageOf(schema, value))
  expect(read.outcome, `${rule}; ${reading.shown}`).toEqual({ ok: true, value })
  expectReadAlone(read, `${rule}; ${reading.shown}`)
}

/** A struct with fields of these names, every other one of which may be absent, and a value. */
function fieldsNamed(names: readonly string[]): readonly [Schema, object] {
  const shape: Record<string, Shape[string]> = {}
  const value: Record<string, number> = {}
  for (const [place, name] of names.entries()) {
    shape[name] = place % 2 === 0 ? u32 : optional(u32)
    value[name] = place
  }
  return [struct(shape), value]
}

const wordsOfJavaScript =
  'class default function return new delete await let static yield arguments eval this null true NaN undefined'
const wordsOfTheCode =
  'value writer reader tools write read text Map Array Number BigInt Uint8Array index item entry key place count previous presence'

describe('a field may be named', () => {
  test('like a word of JavaScript', () => {
    const [schema, value] = fieldsNamed(wordsOfJavaScript.split(' '))
    const rule = 'a property may have such a name, and a variable may not'
    expectMade(schema, value, rule)
    expectMade(list(schema), [value, value], rule)
  })

  test('like something that the code uses itself', () => {
    const [schema, value] = fieldsNamed(wordsOfTheCode.split(' '))
    const rule = 'a variable for the field must not stand in front of what the code needs'
    expectMade(schema, value, rule)
    expectMade(map(string, struct({ value: schema, key: schema })), new Map([['a', { value, key: value }]]), rule)
  })

  test('like another field with a number behind it', () => {
    const between = Array.from({ length: 9 }, (_, place) => `between${place}`)
    for (let count = 0; count < 8; count++) {
      const before = Array.from({ length: count }, (_, place) => `before${place}`)
      const names = [...before, 'f1', ...between, 'f', 'f11', 'f_1', 'f_11']
      const schema = struct(Object.fromEntries(names.map((name) => [name, u32])))
      const value = Object.fromEntries(names.map((name, place) => [name, place]))
      expectMade(schema, value, 'the name f1 and the number 2 are not the name f and the number 12')
    }
  })

  test('with anything that an identifier may consist of', () => {
    const [schema, value] = fieldsNamed(['$', '_', '$1', '_1', '__', 'A', 'a', 'a0', 'Z9'])
    expectMade(schema, value, 'these are identifiers')
  })
})

describe('the same name', () => {
  test('in a struct and in the structs within it means different fields', () => {
    const Inner = struct({ value: u32, item: optional(u32) })
    const Middle = struct({ item: optional(Inner), value: Inner })
    const schema = struct({ value: Middle, item: list(Middle) })
    const middle = { item: { value: 1, item: 2 }, value: { value: 3 } }
    expectMade(schema, { value: middle, item: [middle, { value: { value: 4, item: 5 } }] }, 'each has its own variable')
  })

  test('in two cases of a union, and of a case itself, means different fields', () => {
    const schema = union('kind', {
      key: struct({ key: u32, list: list(u32), value: optional(u32) }),
      value: struct({ value: string, key: optional(string), list: list(string) }),
    })
    const rule = 'each case is a branch with variables of its own'
    expectMade(schema, { kind: 'key', key: 1, list: [2], value: 3 }, rule)
    expectMade(schema, { kind: 'value', value: 'a', list: ['b'] }, rule)
    expectMade(
      list(schema),
      [
        { kind: 'value', value: 'a', key: 'c', list: [] },
        { kind: 'key', key: 1, list: [] },
      ],
      rule,
    )
  })
})

describe('a schema of any size', () => {
  test('may be fifty levels deep', () => {
    let lists: Schema = u32
    let structs: Schema = struct({ item: u32 })
    let [items, objects]: [unknown, unknown] = [7, { item: 7 }]
    for (let level = 0; level < 50; level++) {
      lists = list(lists)
      items = [items]
      structs = level % 2 === 0 ? struct({ item: structs }) : struct({ item: optional(structs) })
      objects = { item: objects }
    }
    expectMade(lists, items, 'loops in loops count with different variables')
    expectMade(structs, objects, 'structs in structs')
  })

  test('may have four hundred fields', () => {
    const [schema, value] = fieldsNamed(Array.from({ length: 400 }, (_, place) => `field${place}`))
    expectMade(schema, value, 'each field has a variable of its own')
  })
})

const dangerous = [
  '"',
  "'",
  '`',
  '\\',
  '\\"',
  '\n',
  '\r\n',
  '\u2028',
  '\u2029',
  '\0',
  '*/',
  '//',
  '$' + '{value}',
  '{',
  '}',
  '__proto__',
  '"]; globalThis.stolen = true; //',
  '" ? 0 : (globalThis.stolen = true) ? 0 : "',
]

describe('nothing in a schema is run', () => {
  test('a literal is text, whatever it says', () => {
    for (const text of dangerous) {
      const schema = struct({ first: literal(text), second: literal(true, 'b', text) })
      const rule = `${JSON.stringify(text)} in a schema is text in the code, which JSON.stringify makes of it`
      expectMade(schema, { first: text, second: text }, rule)
      expect(Reflect.get(globalThis, 'stolen'), `${rule}: it was run instead`).toBe(undefined)
    }
  })

  test('a name that is no identifier is refused, also in a schema that was made without struct', () => {
    const named = (name: string): Schema => ({
      kind: 'struct',
      shape: {},
      fields: [{ name, number: 1, optional: false, schema: bool }],
      reserved: [],
    })
    expectMade(named('flag'), { flag: true }, 'a schema may come out of a file')
    for (const name of ['a-b', '', '1a', 'a = globalThis.stolen = true, b', '__proto__', 'a\n']) {
      const schema = list(named(name))
      const rule = `the name ${JSON.stringify(name)} would become part of the code`
      expect(() => compileEncoder(schema), rule).toThrow(TypeError)
      expect(() => compileDecoder(schema), rule).toThrow(TypeError)
    }
    const tag = '"x": 1, [globalThis.stolen = true]'
    const cases = [{ name: 'a', number: 1, schema: struct({}) }]
    const tagged: Schema = { kind: 'union', discriminator: tag, shape: {}, cases, reserved: [] }
    expect(() => compileDecoder(tagged), 'the discriminator becomes part of the code as well').toThrow(TypeError)
    expect(Reflect.get(globalThis, 'stolen'), 'nothing was run').toBe(undefined)
  })

  test('a part that is of no kind for its place is refused, since it would take names past the look at them', () => {
    const field = { name: 'a = 0, globalThis.stolen = true, b', number: 1, optional: true, schema: { kind: 'u32' } }
    const inKey = { kind: 'map', key: { kind: 'struct', fields: [field] }, value: { kind: 'bool' } }
    const inCase = {
      kind: 'union',
      discriminator: 'kind',
      cases: [{ name: 'a', number: 1, schema: { kind: 'bool', fields: [field] } }],
    }
    for (const [schema, rule] of [
      [inKey, 'a key is a bool, a whole number or a string'],
      [inCase, 'a case is a struct'],
    ] as const) {
      const fromFile = JSON.parse(JSON.stringify(schema)) as Schema // which is what a file may say that it is
      expect(() => compileEncoder(fromFile), rule).toThrow(TypeError)
      expect(() => compileDecoder(fromFile), rule).toThrow(TypeError)
    }
    expect(Reflect.get(globalThis, 'stolen'), 'nothing was run').toBe(undefined)
  })
})

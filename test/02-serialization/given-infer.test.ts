/** The types that are read off schemas. What these tests say is for the compiler: `npm run typecheck` tells whether it holds. */
import { describe, expectTypeOf, test } from 'vitest'
import {
  bool,
  bytes,
  type Cases,
  f64,
  type Infer,
  type i64,
  type List,
  type LiteralValue,
  list,
  literal,
  map,
  numbered,
  optional,
  type Schema,
  type Struct,
  string,
  struct,
  type Union,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'
import type { Command, CommandByHand } from './inferred-command.ts'

describe('the type of a value without parts', () => {
  test('is a number where a number counts exactly, and a bigint where it does not', () => {
    expectTypeOf<Infer<typeof bool>>().toEqualTypeOf<boolean>()
    expectTypeOf<Infer<typeof u32>>().toEqualTypeOf<number>()
    expectTypeOf<Infer<typeof u53>>().toEqualTypeOf<number>()
    expectTypeOf<Infer<typeof f64>>().toEqualTypeOf<number>()
    expectTypeOf<Infer<typeof u64>>().toEqualTypeOf<bigint>()
    expectTypeOf<Infer<typeof i64>>().toEqualTypeOf<bigint>()
    expectTypeOf<Infer<typeof string>>().toEqualTypeOf<string>()
    expectTypeOf<Infer<typeof bytes>>().toEqualTypeOf<Uint8Array>()
  })

  test('is the values themselves, of a literal', () => {
    const operation = literal('get', 'put')
    expectTypeOf<Infer<typeof operation>>().toEqualTypeOf<'get' | 'put'>()
    const version = literal(1)
    expectTypeOf<Infer<typeof version>>().toEqualTypeOf<1>()
    const mixed = literal('auto', 0, true)
    expectTypeOf<Infer<typeof mixed>>().toEqualTypeOf<'auto' | 0 | true>()
    const unknown: readonly LiteralValue[] = ['a', 1]
    const read = literal(...unknown)
    expectTypeOf<Infer<typeof read>>().toEqualTypeOf<LiteralValue>()
  })
})

describe('the type of a value with parts', () => {
  test('is an array that nobody changes, of a list', () => {
    const names = list(string)
    expectTypeOf<Infer<typeof names>>().toEqualTypeOf<readonly string[]>()
    const matrix = list(list(f64))
    expectTypeOf<Infer<typeof matrix>>().toEqualTypeOf<readonly (readonly number[])[]>()
  })

  test('is a Map that nobody changes, of a map', () => {
    const counts = map(string, u53)
    expectTypeOf<Infer<typeof counts>>().toEqualTypeOf<ReadonlyMap<string, number>>()
    const nested = map(u64, map(bool, list(bytes)))
    expectTypeOf<Infer<typeof nested>>().toEqualTypeOf<
      ReadonlyMap<bigint, ReadonlyMap<boolean, readonly Uint8Array[]>>
    >()
  })

  test('is an object with the fields, of a struct', () => {
    const entry = struct({ key: string, value: bytes })
    expectTypeOf<Infer<typeof entry>>().toEqualTypeOf<{ readonly key: string; readonly value: Uint8Array }>()
    const none = struct({})
    expectTypeOf<keyof Infer<typeof none>>().toEqualTypeOf<never>()
  })

  test('has a property that may be absent or undefined for a field that is optional', () => {
    const entry = struct({ key: string, ttlMs: optional(u32) })
    expectTypeOf<Infer<typeof entry>>().toEqualTypeOf<{
      readonly key: string
      readonly ttlMs?: number | undefined
    }>()
    const absent: Infer<typeof entry> = { key: 'a' }
    const present: Infer<typeof entry> = { key: 'a', ttlMs: undefined }
    expectTypeOf([absent, present]).toEqualTypeOf<Infer<typeof entry>[]>()
    // @ts-expect-error: key is not optional
    const wrong: Infer<typeof entry> = { ttlMs: 5 }
    expectTypeOf(wrong.ttlMs).toEqualTypeOf<number | undefined>()
  })

  test('is the same with numbers and without', () => {
    const entry = struct({ key: numbered(4, string), ttlMs: numbered(2, optional(u32)) }, { reserved: [3] })
    expectTypeOf<Infer<typeof entry>>().toEqualTypeOf<{
      readonly key: string
      readonly ttlMs?: number | undefined
    }>()
    const command = union('kind', { get: numbered(5, struct({ key: string })) })
    expectTypeOf<Infer<typeof command>>().toEqualTypeOf<{ readonly kind: 'get'; readonly key: string }>()
  })

  test('goes as deep as the schema', () => {
    const batch = struct({
      id: u64,
      entries: list(struct({ key: string, labels: optional(map(string, literal('hot', 'cold'))) })),
    })
    expectTypeOf<Infer<typeof batch>>().toEqualTypeOf<{
      readonly id: bigint
      readonly entries: readonly {
        readonly key: string
        readonly labels?: ReadonlyMap<string, 'hot' | 'cold'> | undefined
      }[]
    }>()
  })

  test('lets nobody change a part', () => {
    const batch = struct({ keys: list(string), counts: map(string, u32), inner: struct({ a: u32 }) })
    const change = (value: Infer<typeof batch>) => {
      // @ts-expect-error: a property is readonly
      value.inner = { a: 1 }
      // @ts-expect-error: a property of a part is readonly
      value.inner.a = 2
      // @ts-expect-error: a list has no push
      value.keys.push('a')
      // @ts-expect-error: a map has no set
      value.counts.set('a', 1)
    }
    expectTypeOf(change).parameter(0).toEqualTypeOf<Infer<typeof batch>>()
  })
})

describe('the type of a union', () => {
  test('is one of its structs, with the name of the case', () => {
    expectTypeOf<Command>().toEqualTypeOf<CommandByHand>()
  })

  test('is narrowed by its discriminator, and a switch over it is complete', () => {
    const lengthOf = (value: Command): number => {
      switch (value.kind) {
        case 'get':
          // @ts-expect-error: a get has no value
          return value.value
        case 'put':
          expectTypeOf(value.ttlMs).toEqualTypeOf<number | undefined>()
          return value.value.length
      }
    }
    expectTypeOf(lengthOf).returns.toEqualTypeOf<number>()
    // @ts-expect-error: there is no such case
    const wrong: Command = { kind: 'delete', key: 'a' }
    expectTypeOf(wrong).toEqualTypeOf<Command>()
  })
})

describe('the compiler refuses', () => {
  test('an optional anywhere but in a struct, and an optional of an optional', () => {
    const attempts = [
      // @ts-expect-error: only a struct's field can be absent
      () => list(optional(u32)),
      // @ts-expect-error: only a struct's field can be absent
      () => map(string, optional(u32)),
      // @ts-expect-error: absent is absent
      () => optional(optional(u32)),
    ]
    expectTypeOf(attempts).toBeArray()
  })

  test('a map with keys that are not compared by their value', () => {
    const attempts = [
      // @ts-expect-error: two byte arrays are never the same key
      () => map(bytes, u32),
      // @ts-expect-error: NaN is not equal to itself
      () => map(f64, u32),
      // @ts-expect-error: two objects are never the same key
      () => map(struct({ a: u32 }), u32),
    ]
    expectTypeOf(attempts).toBeArray()
  })

  test('a number that is not directly in a struct or a union, and a case that is no struct', () => {
    const attempts = [
      // @ts-expect-error: items have no numbers
      () => list(numbered(1, u32)),
      // @ts-expect-error: numbered goes around optional
      () => struct({ a: optional(numbered(1, u32)) }),
      // @ts-expect-error: a case has fields
      () => union('kind', { a: u32 }),
      // @ts-expect-error: a case is always one of several, and never absent
      () => union('kind', { a: optional(struct({})) }),
    ]
    expectTypeOf(attempts).toBeArray()
  })
})

describe('the type of a value whose schema is only known when the program runs', () => {
  test('is unknown, and an object if the schema is that of one', () => {
    expectTypeOf<Infer<Schema>>().toEqualTypeOf<unknown>()
    expectTypeOf<Infer<List>>().toEqualTypeOf<readonly unknown[]>()
    expectTypeOf<Infer<Struct>>().toEqualTypeOf<Readonly<Record<string, unknown>>>()
    expectTypeOf<Infer<Struct | Union>>().toEqualTypeOf<Readonly<Record<string, unknown>>>()
  })

  test('is an object, of a union whose discriminator is any text', () => {
    const tagged = <const C extends Cases>(tag: string, cases: C) => union(tag, cases)
    const command = tagged('kind', { get: struct({ key: string }), put: struct({ key: string, value: bytes }) })
    expectTypeOf<Infer<typeof command>>().toEqualTypeOf<Readonly<Record<string, unknown>>>()
    const value: Infer<typeof command> = { kind: 'get', key: 'a' }
    expectTypeOf(value).toEqualTypeOf<Infer<typeof command>>()
  })
})

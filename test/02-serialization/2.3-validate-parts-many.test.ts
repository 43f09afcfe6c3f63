import { describe, expect, test } from 'vitest'
import { list, map, type Schema, string, struct, u32, union } from '#serialization/schema'
import { expectation } from '#serialization/words'
import { expectFault, expectInside } from './faults.ts'

const PARTS = 100_000

/** More than the arguments of one call that the stack of a thread has room for. */
const ITEMS_UNWATCHED = 700_000

describe('a value with many parts', () => {
  const numbers = () => Array.from({ length: PARTS }, (_, index) => index)

  test('of a list: all are looked at, and none again and again', () => {
    const items = numbers()
    expectLoop(() => expectInside(list(u32), watchedList(items), `${PARTS} numbers are a list like any other`))
    items[PARTS - 1] = -1
    const wanted = { path: `[${PARTS - 1}]`, found: '-1' }
    expectLoop(() => expectFault(list(u32), watchedList(items), wanted, 'the last item is wrong'))
  })

  test('of a list: all are looked at, however many there are', () => {
    const items = new Array<unknown>(ITEMS_UNWATCHED).fill(1)
    items[ITEMS_UNWATCHED - 1] = -1
    const wanted = { path: `[${ITEMS_UNWATCHED - 1}]`, found: '-1' }
    expectLoop(() => expectFault(list(u32), items, wanted, 'the last item is wrong'))
  })

  test('of a map: all are looked at, and none again and again', () => {
    const entries = new WatchedMap(numbers().map((number) => [number, 1]))
    expectLoop(() => expectInside(map(u32, u32), entries, `${PARTS} entries are a map like any other`))
    entries.set(PARTS - 1, -1)
    const wanted = { path: `[${PARTS - 1}]`, found: '-1' }
    expectLoop(() => expectFault(map(u32, u32), entries, wanted, 'the value of the last entry is wrong'))
  })
})

describe('a value that is wrong far inside', () => {
  const LEVELS = 20
  const READS_MAX = 10
  const levels: readonly (readonly [string, string, (schema: Schema) => Schema, (value: unknown) => unknown])[] = [
    ['lists', '[0]', (schema) => list(schema), (value) => [value]],
    ['maps', '["a"]', (schema) => map(string, schema), (value) => new Map([['a', value]])],
    ['structs', '.a', (schema) => struct({ a: schema }), (value) => ({ a: value })],
    ['unions', '.a', (schema) => union('kind', { one: struct({ a: schema }) }), (value) => ({ kind: 'one', a: value })],
  ]
  test.each(levels)(
    'is found without going through a level twice: %s in each other',
    (_kind, step, around, holding) => {
      let timesRead = 0
      const innermost = {
        get x() {
          if (timesRead++ < READS_MAX) return -1
          const rule = 'ask each part for its fault once, and not again at each level above it'
          return expect.fail(`x, ${LEVELS} levels down, was read more than ${READS_MAX} times: ${rule}`)
        },
      }
      let schema: Schema = struct({ x: u32 })
      let value: unknown = innermost
      for (let level = 0; level < LEVELS; level++) {
        schema = around(schema)
        value = holding(value)
      }
      const path = `${step.repeat(LEVELS)}.x`.replace(/^\./, '')
      expectFault(schema, value, { path, found: '-1' }, `only x is wrong, ${LEVELS} levels down`)
    },
  )
})

describe('a value that was sound', () => {
  test('is looked at anew: it may have changed', () => {
    const items: unknown[] = [1]
    const entries = new Map<string, unknown>([['a', 1]])
    const object: Record<string, unknown> = { a: 1 }
    const all = { items, entries, object }
    const schema = struct({ items: list(u32), entries: map(string, u32), object: struct({ a: u32 }) })
    expectInside(schema, all, 'nothing is wrong yet')
    const rule = 'the same object has another part now, so nothing may be remembered of it'
    object.a = 'x'
    expectFault(schema, all, { path: 'object.a' }, rule)
    object.a = 2
    entries.set('b', 'x')
    expectFault(schema, all, { path: 'entries["b"]' }, rule)
    entries.delete('b')
    items.push('x')
    expectFault(schema, all, { path: 'items[1]' }, rule)
    items.pop()
    expectInside(schema, all, 'what was wrong has been put right')
  })

  test('is looked at anew, also if it is frozen: what is in it may have changed', () => {
    const items: unknown[] = [1]
    const frozen = Object.freeze({ items })
    const schema = struct({ items: list(u32) })
    expectInside(schema, frozen, 'nothing is wrong yet')
    items.push('x')
    expectFault(schema, frozen, { path: 'items[1]' }, 'the object is frozen, and the list in it is not')
  })

  test('may be wrong by another schema', () => {
    const object = { a: 1 }
    expectInside(struct({ a: u32 }), object, 'a is a u32')
    const schema = struct({ one: struct({ a: u32 }), other: struct({ a: string }) })
    const wanted = { path: 'other.a', expected: expectation(string), found: '1' }
    expectFault(schema, { one: object, other: object }, wanted, 'one object stands in two places, with two schemas')
  })
})

/** Runs a check that a recursion from one item to the next would not survive, nor a call with an argument for each item. */
function expectLoop(check: () => void): void {
  try {
    check()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    expect.fail(
      `there were too many parts for this: go through them in a loop. A call for the next one in each fills the stack, and so does a call that they are all spread into, as in push(...items)`,
    )
  }
}

/** Fails when the parts of a list or a map have been read far too often. */
function expectFew(timesRead: number): void {
  if (timesRead > 20 * PARTS) {
    const rule = 'a copy of the rest for each part takes for ever, and so does a search'
    expect.fail(`the ${PARTS} parts were read more than 20 times each: ${rule}`)
  }
}

/** The same items, which count how often they are read. */
function watchedList(items: readonly unknown[]): readonly unknown[] {
  let timesRead = 0
  return new Proxy(items, {
    get(target, name) {
      expectFew(++timesRead)
      return Reflect.get(target, name)
    },
  })
}

/** A map that counts how often its entries are read. */
class WatchedMap extends Map<number, number> {
  #timesRead = 0

  override entries(): MapIterator<[number, number]> {
    return this.#watched(super.entries())
  }

  override keys(): MapIterator<number> {
    return this.#watched(super.keys())
  }

  override values(): MapIterator<number> {
    return this.#watched(super.values())
  }

  override [Symbol.iterator](): MapIterator<[number, number]> {
    return this.entries()
  }

  *#watched<T>(parts: Iterable<T>): Generator<T, undefined> {
    for (const part of parts) {
      expectFew(++this.#timesRead)
      yield part
    }
    return undefined
  }
}

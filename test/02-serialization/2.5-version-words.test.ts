import { describe, expect, test } from 'vitest'
import type { Change } from '#serialization/consequence'
import { compareVersions, explainChange } from '#serialization/evolution'
import {
  i64,
  list,
  literal,
  numbered,
  type Optional,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u53,
  u64,
} from '#serialization/schema'

const Point = struct({ x: u32 })
const before = struct({ key: string })

describe('the list of changes', () => {
  test('tells the number, the former name, and what is seen', () => {
    const [isNew] = compareVersions(before, struct({ key: string, ttlMs: numbered(4, u32) }))
    expect(isNew?.what, 'the number of the field that is new').toContain('4')
    expect(isNew?.oldReaders.text, 'the number of the field that is kept').toContain('4')
    expect(isNew?.newReaders.text, 'what new readers see in old bytes').toContain('0')
    const [reused] = compareVersions(struct({}, { reserved: [4] }), struct({ ttlMs: numbered(4, u32) }))
    expect(reused?.what, 'the number of the field that is new, and was reserved').toContain('4')
    expect(reused?.oldReaders.text, 'the number of the field that is kept').toContain('4')
    const [renamed] = compareVersions(before, struct({ name: string }))
    expect(renamed?.what, 'what it was called').toContain('key')
    const [said] = compareVersions(before, struct({ key: string, mode: literal('fast', 'slow') }))
    expect(said?.newReaders.text, 'the first value of a literal is its default').toContain('fast')
  })

  test.each([
    ['that is new', before, struct({ key: string, ttlMs: u32 })],
    ['that is new, and may be absent', before, struct({ key: string, ttlMs: optional(u32) })],
    [
      'that is new, with a number that was reserved',
      struct({ key: string }, { reserved: [2] }),
      struct({ key: string, ttlMs: u32 }),
    ],
    ['that is gone', struct({ key: string, ttlMs: u32 }), struct({ key: string }, { reserved: [2] })],
    [
      'that is gone, and might be absent',
      struct({ key: string, ttlMs: optional(u32) }),
      struct({ key: string }, { reserved: [2] }),
    ],
    ['with another name', before, struct({ name: string })],
  ])('keeps its fixed phrases for where they are true: a field %s', (_, older, newer) => {
    const what = compareVersions(older, newer).map((change) => change.what)
    const rule = 'whether it may be absent is said of a field in both versions, and `not reserved` of what is gone'
    expect(what.join('; '), rule).not.toMatch(/may be absent|may not be absent|not reserved/)
  })

  test('tells what old readers see of a field that is gone', () => {
    const older = struct({ key: string, ttlMs: u32, mode: literal('fast', 'slow') })
    const [ttlMs, mode] = compareVersions(older, before)
    expect(ttlMs?.oldReaders.text, 'the default of a u32').toContain('0')
    expect(mode?.oldReaders.text, 'the default of a literal').toContain('fast')
  })

  test('tells of no default where it is not seen: of a field that may be absent', () => {
    const newer = struct({ key: string, mode: optional(literal('fast', 'slow')) })
    const [isNew] = compareVersions(before, newer)
    expect(isNew?.newReaders.text, 'new readers see that it is absent').not.toContain('fast')
    const [isGone] = compareVersions(newer, before)
    expect(isGone?.oldReaders.text, 'old readers see that it is absent').not.toContain('fast')
  })

  test('says of the newer version whether a field may be absent', () => {
    const [may, mayNot] = [struct({ ttlMs: optional(u32) }), struct({ ttlMs: u32 })]
    const rule = 'say `may be absent` or `may not be absent`, whichever is so in the newer version'
    const [mayNow, mayNoMore] = [compareVersions(mayNot, may)[0]?.what, compareVersions(may, mayNot)[0]?.what]
    expect(mayNow, rule).toContain('may be absent')
    expect(mayNow, `${rule}, and not both`).not.toContain('may not be absent')
    expect(mayNoMore, rule).toContain('may not be absent')
    expect(mayNoMore, `${rule}, and not both`).not.toContain('may be absent')
  })

  test('tells each side the default of its own schema', () => {
    const [fast, slow] = [literal('fast', 'slow'), literal('slow', 'fast')]
    const may = changesOf(fast, optional(slow)).find(({ what }) => what.includes('may be absent'))
    const mayNot = changesOf(optional(fast), slow).find(({ what }) => what.includes('may not be absent'))
    expect(may, 'no change says `may be absent`, and the field may be, in the newer version').toBeDefined()
    expect(mayNot, 'no change says `may not be absent`, and the field may not be, in the newer version').toBeDefined()
    const rule = 'a reader fills in the default of the schema that it has, and has never seen the other one'
    expect(may?.oldReaders.text, rule).toContain('fast')
    expect(mayNot?.newReaders.text, rule).toContain('slow')
  })

  test('names the kind that a part had, and then the one that it has', () => {
    const [change] = compareVersions(struct({ at: u32 }), struct({ at: string }))
    expect(change?.what, 'a u32 before and a string now').toMatch(/u32.*string/)
    const [items] = changesOf(list(u32), list(string))
    expect(items?.what, 'items that were u32 and are strings now').toMatch(/u32.*string/)
    const [greater] = changesOf(list(u32), list(u53))
    expect(greater?.what, 'items that were u32 and are u53 now, though these are alike').toMatch(/u32.*u53/)
  })

  test.each<[name: string, older: Schema, newer: Schema]>([
    ['i64', u64, i64],
    ['a struct', string, Point],
    ['items that are strings', list(u32), list(string)],
    ['a list, which may be packed', string, list(u32)],
  ])('tells what bytes are taken for: %s', (_, older, newer) => {
    const [change] = changesOf(older, newer)
    const areLists = older.kind === 'list' && newer.kind === 'list'
    const [oldKind, newKind] = areLists ? [older.item.kind, newer.item.kind] : [older.kind, newer.kind]
    expect(change?.oldReaders.text, 'old readers take all bytes for the old kind').toContain(oldKind)
    expect(change?.newReaders.text, 'new readers take all bytes for the new kind').toContain(newKind)
  })

  test('tells what is refused: the kind, or the wire type, that the other side writes', () => {
    const [change] = changesOf(string, u32)
    expect(change?.oldReaders.text, 'they read text, and meet a number').toMatch(/varint|u32/)
    expect(change?.newReaders.text, 'they read a number, and meet text').toMatch(/length|string/)
    const [texts] = changesOf(u32, list(string))
    expect(texts?.oldReaders.text, 'they read a number, and meet texts').toMatch(/length|list|string/)
    expect(texts?.newReaders.text, 'they read a list of texts, and meet a number').toMatch(/varint|u32/)
  })

  test('can be read as sentences', () => {
    for (const change of compareVersions(before, struct({ name: string, ttlMs: u32 }))) {
      const sentence = explainChange(change)
      for (const part of [change.path, change.what, change.oldReaders.text, change.newReaders.text])
        expect(sentence, 'a sentence says where, what, and what either side sees').toContain(part)
    }
  })
})

/** The changes of a struct whose only field changes. */
function changesOf(older: Schema | Optional, newer: Schema | Optional): readonly Change[] {
  return compareVersions(struct({ part: older }), struct({ part: newer }))
}

/** Rules over a run, without a run: what is looked at, when, and what a broken one says. */
import { describe, expect, test } from 'vitest'
import { RuleBroken, Rules } from '#message-passing/rules'

describe('always', () => {
  test('is broken by the first look that finds something else, and says what, and when', () => {
    const rules = new Rules()
    let leaders = 1
    rules.always('there is one leader', () => leaders === 1 || `there are ${leaders}`)
    rules.check(5)
    leaders = 2
    expect(() => rules.check(7)).toThrow(RuleBroken)
    expect(() => rules.check(7)).toThrow(
      expect.objectContaining({ code: 'RULE_BROKEN', rule: 'there is one leader', seen: 'there are 2', atMs: 7 }),
    )
    expect(() => rules.check(7)).toThrow('there is one leader\n  but at 7 ms: there are 2')
  })

  test('is broken by an empty sentence as well: only `true` is true', () => {
    const rules = new Rules()
    rules.always('it is so', () => '')
    expect(() => rules.check(0)).toThrow(RuleBroken)
  })

  test('of two broken rules, the one that was given first is told', () => {
    const rules = new Rules()
    rules.always('one', () => 'no')
    rules.always('two', () => 'no')
    expect(() => rules.check(0)).toThrow('one')
  })
})

describe('never', () => {
  test('is broken when it happens, and says what that means', () => {
    const rules = new Rules()
    let [isLost, isSplit] = [false, false]
    rules.never('an order is lost', () => isLost, 'order 3 is gone')
    rules.never('there are two leaders', () => isSplit)
    rules.check(1)
    isLost = true
    expect(() => rules.check(2)).toThrow('order 3 is gone')
    ;[isLost, isSplit] = [false, true]
    expect(() => rules.check(3), 'without words of its own').toThrow(
      'there are two leaders\n  but at 3 ms: it happened',
    )
  })
})

describe('eventually', () => {
  /** Looks at these moments, of which the condition holds at those in `trueAtMs`. Answers when it was broken. */
  function brokenAt(byMs: number, trueAtMs: readonly number[], looksAtMs: readonly number[]): number | undefined {
    const rules = new Rules()
    let nowMs = 0
    rules.eventually('a leader is elected', byMs, () => trueAtMs.includes(nowMs) || 'nobody stands')
    for (const atMs of looksAtMs) {
      nowMs = atMs
      try {
        rules.check(nowMs)
      } catch (error) {
        if (error instanceof RuleBroken) return error.atMs
        throw error
      }
    }
    return undefined
  }

  test('is kept when it holds once in time, even if it does not go on to', () => {
    expect(brokenAt(100, [50], [10, 50, 99, 100, 200])).toBeUndefined()
  })

  test('is kept when it holds at the last moment', () => {
    expect(brokenAt(100, [100], [10, 100, 200])).toBeUndefined()
  })

  test('is broken at its moment when it has not held by then', () => {
    expect(brokenAt(100, [], [10, 99, 100, 200])).toBe(100)
  })

  test('is broken when it comes true too late', () => {
    expect(brokenAt(100, [150], [10, 150]), 'nothing happened from 10 to 150 ms: at 100 it did not hold').toBe(150)
  })

  test('of which the moment is not reached is not broken', () => {
    expect(brokenAt(100, [], [10, 99])).toBeUndefined()
  })

  test('is not asked again once it has held', () => {
    const rules = new Rules()
    let asked = 0
    rules.eventually('asked', 100, () => {
      asked++
      return true
    })
    rules.check(1)
    rules.check(2)
    expect(asked).toBe(1)
  })

  test('by no moment at all is refused', () => {
    expect(() => new Rules().eventually('it ends', Number.NaN, () => true)).toThrow(/it ends.*NaN/)
  })
})

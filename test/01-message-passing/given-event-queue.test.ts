/** The queue of what will happen: the next event is the earliest, and of one moment the first that was added. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventQueue, type Scheduled } from '#message-passing/event-queue'
import { HostTimer, Late } from '#message-passing/happening'

interface Named extends Scheduled {
  readonly name: number
}

/** Adds an event at a moment, or takes one. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ atMs: fc.oneof(fc.nat(6), fc.constantFrom(0.5, Infinity)) }) },
  { weight: 2, arbitrary: fc.constant('take' as const) },
)

describe('an event queue', () => {
  test('however adding and taking are mixed: the earliest leaves first, and of one moment the first that was added', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const queue = new EventQueue<Named>()
        let model: Named[] = []
        const [seen, expected]: [unknown[], unknown[]] = [[], []]
        for (const [name, step] of steps.entries()) {
          if (step === 'take') {
            const earliestMs = model.reduce((least, { atMs }) => Math.min(least, atMs), Infinity)
            const first = model.find(({ atMs }) => atMs === earliestMs)
            seen.push(queue.next?.name, queue.take()?.name)
            expected.push(first?.name, first?.name) // looking does not take
            model = model.filter((event) => event !== first)
          } else {
            queue.add({ atMs: step.atMs, order: 0, name })
            model.push({ atMs: step.atMs, order: 0, name })
          }
          seen.push(queue.size)
          expected.push(model.length)
        }
        expect(seen).toEqual(expected)
      }),
    )
  })

  test('that is empty has no next event, and gives none', () => {
    const queue = new EventQueue<Scheduled>()
    expect([queue.next, queue.take(), queue.size]).toEqual([undefined, undefined, 0])
  })

  test('refuses an event whose moment is no number, and keeps its order', () => {
    const queue = new EventQueue<Scheduled>()
    queue.add({ atMs: 2, order: 0 })
    expect(() => queue.add({ atMs: Number.NaN, order: 0 })).toThrow(/NaN/)
    queue.add({ atMs: 1, order: 0 })
    expect([queue.take()?.atMs, queue.take()?.atMs, queue.take()]).toEqual([1, 2, undefined])
  })
})

describe('a timer of a host', () => {
  test('rings once it is due, if its host is alive then and it was not taken back', () => {
    const rung: string[] = []
    let isAlive = true
    const timer = (name: string) =>
      new HostTimer(
        5,
        'a',
        () => rung.push(name),
        () => isAlive,
      )
    const [first, cancelled, orphaned] = [timer('first'), timer('cancelled'), timer('orphaned')]
    first.happen()
    cancelled.cancel()
    cancelled.happen()
    isAlive = false
    orphaned.happen()
    expect(rung).toEqual(['first'])
  })

  test('that is late rings for the same host, at the later moment', () => {
    let rung = 0
    const late = new Late(
      new HostTimer(
        5,
        'a',
        () => rung++,
        () => true,
      ),
      9,
    )
    expect([late.host, late.atMs]).toEqual(['a', 9])
    late.happen()
    expect(rung).toBe(1)
  })
})

/** The trace of a run: what it keeps, and how it is written and read. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJsonLines, Trace, type TraceEvent } from '#message-passing/trace'

const note = (text: string, atMs = 1): TraceEvent => ({ atMs, kind: 'note', host: 'a', text })

function traceOf(events: readonly TraceEvent[], capacity?: number): Trace {
  const trace = new Trace(capacity)
  for (const event of events) trace.record(event)
  return trace
}

describe('what a trace keeps', () => {
  test('is the last events, in order, and it counts those that it dropped', () => {
    const counts = fc.record({ capacity: fc.integer({ min: 1, max: 8 }), recorded: fc.nat(40) })
    fc.assert(
      fc.property(counts, ({ capacity, recorded }) => {
        const events = Array.from({ length: recorded }, (_, n) => note(`${n}`, n))
        const trace = traceOf(events, capacity)
        expect(trace.events()).toEqual(events.slice(-capacity))
        expect([trace.recorded, trace.dropped]).toEqual([recorded, Math.max(0, recorded - capacity)])
      }),
    )
  })

  test('can be looked at, and recorded on', () => {
    const trace = traceOf([note('first')])
    const before = trace.events()
    trace.record(note('second'))
    expect([before.length, trace.events().length]).toEqual([1, 2])
  })

  test.each([0, -1, 1.5, Number.NaN, Infinity])('is not bounded by %d', (capacity) => {
    expect(() => new Trace(capacity)).toThrow(String(capacity))
  })
})

describe('the hash', () => {
  test('is sixteen hexadecimal digits, and the same for the same events', () => {
    const hash = traceOf([note('hello'), note('world')]).hash()
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    expect(traceOf([note('hello'), note('world')]).hash()).toBe(hash)
    expect(new Trace().hash(), 'a trace without events has one too').toMatch(/^[0-9a-f]{16}$/)
  })

  test('is the same on every machine', () => {
    expect(traceOf([note('hello'), { atMs: 2.5, kind: 'crash', host: 'b' }]).hash()).toBe('5409f9d2780a3e9e')
  })

  test('differs for other events, other moments, another order, and one event more', () => {
    const traces = [
      [],
      [note('hello')],
      [note('hello'), note('world')],
      [note('world'), note('hello')],
      [note('hello', 2), note('world')],
      [note('hello'), note('world'), note('world')],
    ]
    expect(new Set(traces.map((events) => traceOf(events).hash())).size).toBe(traces.length)
  })

  test('of many traces that differ in one place is never the same', () => {
    const hashes = Array.from({ length: 5_000 }, (_, n) => traceOf([note(`${n}`, n % 7), note('same')]).hash())
    expect(new Set(hashes).size).toBe(5_000)
  })
})

describe('a trace as lines of JSON', () => {
  const events: readonly TraceEvent[] = [
    { atMs: 0, kind: 'send', host: 'a', to: 'b', id: 1, message: { text: 'two\nlines', list: [1, null] } },
    { atMs: 0.1, kind: 'lose', host: 'a', to: 'b', id: 1, why: 'cut' },
    note('“quoted” \u2028 and more', 7),
  ]

  test('is one object a line, the header first, and can be read back', () => {
    const text = traceOf(events).toJsonLines({ seed: 7 })
    expect(text.split('\n').length, 'a header, three events, and nothing behind the last end of line').toBe(5)
    expect(readJsonLines(text)).toEqual({
      ok: true,
      header: { seed: 7, trace: 1, events: 3, dropped: 0 },
      events,
    })
  })

  test('says how many events are missing from it', () => {
    const read = readJsonLines(traceOf(events, 2).toJsonLines())
    expect(read).toEqual({ ok: true, header: { trace: 1, events: 2, dropped: 1 }, events: events.slice(1) })
  })

  test('is read with the line ends of another system as well', () => {
    expect(readJsonLines(traceOf(events).toJsonLines().replaceAll('\n', '\r\n'))).toMatchObject({ ok: true, events })
  })

  test('is refused wherever it was cut off, with the line, and nothing throws', () => {
    const text = traceOf(events).toJsonLines({ seed: 7 })
    for (let length = 0; length < text.length; length++) {
      const read = readJsonLines(text.slice(0, length))
      expect(read.ok, `${length} of ${text.length} characters were taken for the whole`).toBe(false)
    }
  })

  test.each([
    ['an empty file', '', 1, 'empty'],
    ['another version', '{"trace":2,"events":0}\n', 1, 'version 1 of the format, not 2'],
    ['another kind of file', '{"name":"quorum"}\n', 1, 'version'],
    ['no JSON', 'a diary\n', 1, 'a diary'],
    ['a line that is no JSON', '{"trace":1,"events":2}\n{"atMs":1,"kind":"note"}\noh\n', 3, 'oh'],
    ['a line that is no object', '{"trace":1,"events":1}\nnull\n', 2, 'null'],
    ['an event without a moment', '{"trace":1,"events":1}\n{"kind":"note"}\n', 2, 'atMs'],
    ['fewer events than were written', '{"trace":1,"events":2}\n{"atMs":1,"kind":"note"}\n', 3, 'cut off'],
  ])('%s is refused, with the line and the reason', (_name, text, line, reason) => {
    expect(readJsonLines(text)).toEqual({ ok: false, line, problem: expect.stringContaining(reason) })
  })
})

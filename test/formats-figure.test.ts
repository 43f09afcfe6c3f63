/** The pure side of the figure of formats: what its bytes belong to, and what it says when one of them is damaged. */
import { describe, expect, test, vi } from 'vitest'
import { rowsOf, sentenceOf, statusOf } from '../.vitepress/theme/figures/formats/account.ts'
import { cellsOf, faultAtOf } from '../.vitepress/theme/figures/formats/cells.ts'
import { FIELD_NAMES, type FieldName, hexOf, OPENING_FORM } from '../.vitepress/theme/figures/formats/command.ts'
import {
  type Choice,
  choose,
  chosenByte,
  type Experiment,
  flipped,
  isIntact,
  moved,
  movedAcross,
  opening,
  readingsOf,
  replaced,
  restored,
  typed,
} from '../.vitepress/theme/figures/formats/experiment.ts'
import {
  type ByFormat,
  FORMATS,
  type FormatName,
  fieldOf,
  type Reading,
} from '../.vitepress/theme/figures/formats/formats.ts'

function readings(experiment: Experiment): ByFormat<Reading> {
  const outcome = readingsOf(experiment)
  if (outcome instanceof Error) throw outcome
  return outcome
}

const cells = (experiment: Experiment, format: FormatName) => cellsOf(experiment, format, readings(experiment)[format])

/** What the bytes of a field look like, one after the other. */
function bytesOf(experiment: Experiment, format: FormatName, field: FieldName): string {
  const number = FIELD_NAMES.indexOf(field) + 1
  const own = cells(experiment, format).filter((cell) => cell.number === number)
  return own.map(({ text }) => text).join(format === 'json' ? '' : ' ')
}

const damaged = (choice: Choice, bit: number, from = opening()) => flipped(choose(from, choice), bit)
const sentence = (experiment: Experiment) => sentenceOf(experiment, readings(experiment))

describe('the bytes of the figure of formats', () => {
  test('belong to the fields that decoding read from them', () => {
    const experiment = opening()
    expect(bytesOf(experiment, 'json', 'key')).toBe('"key":"user:17"')
    expect(bytesOf(experiment, 'json', 'tags')).toBe('"tags":["new","eu"]')
    expect(bytesOf(experiment, 'compact', 'value')).toBe('03 41 64 61')
    expect(bytesOf(experiment, 'compact', 'ttlMs')).toBe('01 e0 d4 03')
    expect(bytesOf(experiment, 'protobuf', 'value')).toBe('1a 03 41 64 61')
    expect(bytesOf(experiment, 'protobuf', 'tags')).toBe('2a 03 6e 65 77 2a 02 65 75')
  })

  test('belong to no field when they are punctuation of JSON, and never in the binary formats', () => {
    const experiment = opening()
    const neutral = (format: FormatName) => cells(experiment, format).filter((cell) => cell.number === 0)
    expect(
      neutral('json')
        .map(({ text }) => text)
        .join(''),
    ).toBe('{,,,,,}')
    expect(neutral('compact')).toEqual([])
    expect(neutral('protobuf')).toEqual([])
  })

  test('are called by offset, value and the innermost part', () => {
    const experiment = opening()
    expect(cells(experiment, 'json')[0]?.name).toBe('offset 0, “{”, in no field')
    expect(cells(experiment, 'compact')[4]?.name).toBe('offset 4, hex 65, in key')
    expect(cells(experiment, 'protobuf').map(({ name }) => name)).toContain('offset 23, hex 65, in tags[0]')
  })

  test('carry the number of their field once for each field, and not for each item of a list', () => {
    for (const { name } of FORMATS) {
      const starts = cells(opening(), name).filter((cell) => cell.isStart)
      expect(starts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
    }
  })

  test('of a letter beyond ASCII are digits in JSON too', () => {
    expect(bytesOf(typed(opening(), 'key', 'é !'), 'json', 'key')).toBe('"key":"c3a9␣!"')
  })
})

describe('a value that is typed', () => {
  test('changes the sizes that are told', () => {
    expect(sentence(opening())).toBe('One value takes 105 bytes as JSON, 30 in the compact format, 35 in Protobuf.')
    const absent = typed(opening(), 'ttlMs', '')
    expect(sentence(absent)).toBe('One value takes 91 bytes as JSON, 27 in the compact format, 31 in Protobuf.')
    expect(rowsOf(absent, readings(absent).compact)[3]).toEqual({ name: 'ttlMs', text: 'absent', mark: undefined })
  })

  test.each<[FieldName, string, string]>([
    ['ttlMs', '-1', 'ttlMs: expected a whole number from 0 to 2^32 - 1, found -1'],
    ['ttlMs', '1.5', 'ttlMs: expected a whole number from 0 to 2^32 - 1, found 1.5'],
    ['ttlMs', 'soon', 'ttlMs: expected a whole number from 0 to 2^32 - 1, found "soon"'],
    ['session', '2^53', 'session: expected a whole number from 0 to 2^53 - 1, found 9007199254740992'],
    ['session', '', 'session: expected a whole number from 0 to 2^53 - 1, found undefined'],
    ['key', '\ud83d', 'key: expected a string without half of a surrogate pair, found "\\ud83d"'],
    ['tags', 'a, \udc00', 'tags[1]: expected a string without half of a surrogate pair, found "\\udc00"'],
    ['operation', 'move', 'operation: expected one of "get", "put", "delete", found "move"'],
  ])('with %s %o is outside the schema', (field, text, fault) => {
    const before = opening()
    const after = typed(before, field, text)
    expect(sentence(after)).toBe(`No format writes this value. ${fault}.`)
    expect(
      rowsOf(after, undefined)
        .filter(({ mark }) => mark !== undefined)
        .map(({ name }) => name),
    ).toEqual([field])
    expect(after.bytes, 'the bytes of the value before stay in their place').toEqual(before.bytes)
    expect(cells(after, 'compact').every(({ number }) => number === 0)).toBe(true)
    expect(cells(after, 'compact')[4]?.name).toBe('offset 4, hex 65, of the value before')
    expect(statusOf(after, 'compact', undefined)).toBe('the value before')
    expect(flipped(after, 0), 'bytes that are not of this value can’t be damaged').toBe(after)
    expect(typed(after, field, OPENING_FORM[field])).toEqual(before)
  })

  test('takes 2^53 - 1, and powers', () => {
    expect(typed(opening(), 'session', '9007199254740991').outside).toBeUndefined()
    const power = typed(opening(), 'session', '2^40')
    expect(rowsOf(power, readings(power).json)[5]?.text).toBe('1099511627776')
  })

  test('undoes what was done to the bytes, and keeps a byte chosen that exists', () => {
    const last = damaged({ format: 'compact', at: 29 }, 0)
    expect(isIntact(last, 'compact')).toBe(false)
    const after = typed(last, 'tags', '')
    expect(isIntact(after, 'compact')).toBe(true)
    expect(after.chosen).toEqual({ format: 'compact', at: after.bytes.compact.length - 1 })
  })
})

describe('a damaged byte', () => {
  test('is accepted and wrong where a letter became another', () => {
    const experiment = damaged({ format: 'compact', at: 4 }, 4)
    expect(sentence(experiment)).toBe(
      'Accepted, and wrong: key was "user:17" and is "usur:17". Nothing but a checksum would notice.',
    )
    const { compact } = readings(experiment)
    expect(statusOf(experiment, 'compact', compact)).toBe('accepted, wrong')
    expect(rowsOf(experiment, compact)[1]).toEqual({
      name: 'key',
      text: '"usur:17"',
      mark: { sign: '≠', meaning: 'changed:' },
    })
    expect(cells(experiment, 'compact')[4]).toMatchObject({ text: '75', isChanged: true, isFault: false })
    expect(statusOf(experiment, 'json', readings(experiment).json), 'the others are as they were').toBe('')
  })

  test('is refused with the path, the offset and what was expected, and what follows is not read', () => {
    const experiment = damaged({ format: 'compact', at: 0 }, 1)
    expect(sentence(experiment)).toBe(
      'Compact refuses the bytes. Offset 0, in operation: expected 0 to 2, for one of "get", "put", "delete", found 3.',
    )
    expect(cells(experiment, 'compact')[0]).toMatchObject({
      isFault: true,
      name: expect.stringContaining('refused here'),
    })
    expect(cells(experiment, 'compact').every(({ number }) => number === 0)).toBe(true)
    const marks = rowsOf(experiment, readings(experiment).compact).map(({ text }) => text)
    expect(marks).toEqual(['refused at offset 0', '–', '–', '–', '–', '–'])
  })

  test('keeps the colours of what was read before the fault', () => {
    const experiment = replaced(choose(opening(), { format: 'protobuf', at: 3 }), 0x7f)
    expect(faultAtOf(readings(experiment).protobuf)).toBe(3)
    expect(bytesOf(experiment, 'protobuf', 'operation')).toBe('08 01')
    expect(bytesOf(experiment, 'protobuf', 'key')).toBe('')
  })

  test('can be refused at the end, where no byte is', () => {
    const experiment = replaced(choose(opening(), { format: 'json', at: 104 }), 0x20)
    expect(faultAtOf(readings(experiment).json)).toBe(105)
    expect(sentence(experiment)).toContain('found the end of the input')
  })

  test('is kept as an unknown field of Protobuf when it hits the number of an optional one', () => {
    const at = cells(opening(), 'protobuf').findIndex(({ number }) => number === 4)
    const experiment = damaged({ format: 'protobuf', at }, 6)
    expect(sentence(experiment)).toBe(
      'Accepted, and wrong: ttlMs was 60000 and is absent. 4 bytes are kept as a field that the schema doesn’t have. ' +
        'Nothing but a checksum would notice.',
    )
  })

  test('names all fields that changed when several did', () => {
    // the key ends a byte early, and its last byte is taken for the length of the value
    const shorter = replaced(choose(opening(), { format: 'compact', at: 1 }), 6)
    const experiment = replaced(choose(shorter, { format: 'compact', at: 8 }), 4)
    expect(sentence(experiment)).toBe(
      'Accepted, and wrong: key and value changed. Nothing but a checksum would notice.',
    )
  })

  test('is whole again when it is flipped back, or restored', () => {
    const experiment = damaged({ format: 'json', at: 20 }, 3)
    expect(isIntact(experiment, 'json')).toBe(false)
    expect(flipped(experiment, 3).bytes).toEqual(opening().bytes)
    expect(restored(experiment).bytes).toEqual(opening().bytes)
  })

  test('is refused, or gives another value, whichever bit it is', () => {
    for (const { name: format } of FORMATS) {
      const { length } = opening().bytes[format]
      for (let at = 0; at < length; at++) {
        for (let bit = 0; bit < 8; bit++) {
          const experiment = damaged({ format, at }, bit)
          const reading = readings(experiment)[format]
          const said = sentence(experiment)
          const place = `${format}, bit ${bit} of offset ${at}, now ${hexOf(chosenByte(experiment))}: ${said}`
          if (reading.result.is === 'refused') {
            expect(said, place).toContain('refuses')
            expect(reading.result.error.offset, place).toBeLessThanOrEqual(length)
          } else expect(reading.result.changed, place).not.toEqual([])
          expect(said.length, `${place} fits into the place that is kept for it`).toBeLessThan(190)
        }
      }
    }
  })
})

describe('the chosen byte', () => {
  test('moves along its format, and stops at both ends', () => {
    const first = choose(opening(), { format: 'json', at: 0 })
    expect(moved(first, -1).chosen.at).toBe(0)
    expect(moved(first, 1).chosen.at).toBe(1)
    expect(moved(first, 1_000).chosen.at).toBe(104)
  })

  test('goes to the same field in the format above or below, and no further than the last', () => {
    const experiment = opening()
    const up = movedAcross(experiment, -1, readings(experiment))
    expect(fieldOf(readings(up).json.parts[up.chosen.at] ?? '')).toBe('key')
    expect(cells(up, 'json')[up.chosen.at]?.isStart).toBe(true)
    expect(movedAcross(up, -1, readings(up))).toBe(up)
    const down = movedAcross(experiment, 1, readings(experiment))
    expect(down.chosen).toEqual({ format: 'protobuf', at: 2 })
    expect(movedAcross(down, 1, readings(down))).toBe(down)
  })
})

test('a module of the reader that throws ends in a sentence, and its error is told', async () => {
  vi.resetModules()
  vi.doMock('#serialization/compact', () => ({
    compact() {
      throw new Error('2.4a is yours to write')
    },
  }))
  const fresh = await import('../.vitepress/theme/figures/formats/experiment.ts')
  const experiment = fresh.opening()
  vi.doUnmock('#serialization/compact')
  vi.resetModules()
  expect(experiment.trouble).toBe('2.4a is yours to write')
  expect(fresh.isEditable(experiment)).toBe(false)
  expect(fresh.flipped(experiment, 0)).toBe(experiment)
  expect(fresh.readingsOf(experiment)).toBeInstanceOf(Error)
})

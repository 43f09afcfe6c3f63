import { describe, expect, test } from 'vitest'
import { varintLength, writeVarint } from '#serialization/varint'
import { law } from '../law.ts'
import { hex } from './hex.ts'
import { wholeNumbers } from './input.ts'
import { safeForms } from './varint-forms.ts'

/** What `writeVarint` makes of a number, in as many bytes as it says that it wrote. */
function written(value: number): string {
  const bytes = new Uint8Array(16)
  return hex(bytes.subarray(0, writeVarint(bytes, 0, value)))
}

describe('a number is written seven bits a byte, the lowest first', () => {
  test.each(safeForms)('%s as %s', (name, bytes, value) => {
    const shifts = value >= 2n ** 31n ? ': >> and & know 32 bits, with a sign; divide by 128 instead' : ''
    expect(
      written(Number(value)),
      `${name}: the lowest group first, and every byte but the last with its eighth bit set${shifts}`,
    ).toBe(bytes)
    const length = bytes.split(' ').length
    const inexact = value >= 2n ** 31n ? ': above 2^31 shifts, and near 2^49 Math.log2, are not exact' : ''
    const rule = `varintLength of ${name}: as many groups of seven bits as the number has, one at least${inexact}`
    expect(varintLength(Number(value)), rule).toBe(length)
  })

  test('whatever the number, in one byte for each seven bits that it has, and one at least', () =>
    law(wholeNumbers(53), 500, async (value, story) => {
      const number = Number(value)
      const length = Math.max(1, Math.ceil(value.toString(2).length / 7))
      const [form, counted] = [written(number), varintLength(number)]
      story.tell(`writeVarint writes ${number} as ${form}`)
      story.tell(`varintLength(${number}) returns ${counted}`)
      expect(form.split(' ').length, 'no byte more, and none less').toBe(length)
      expect(counted, 'varintLength says how many bytes writeVarint takes').toBe(length)
    }))
})

describe('a number is written where it belongs', () => {
  test('and leaves the bytes around it alone', () => {
    for (const value of [1, 300, 2 ** 31, 2 ** 35, 2 ** 53 - 1]) {
      const bytes = new Uint8Array(24).fill(0xaa)
      const length = varintLength(value)
      expect(writeVarint(bytes, 5, value), `${value}: return the offset after it`).toBe(5 + length)
      expect(hex(bytes.subarray(0, 5)), `${value}: what lies before it is as it was`).toBe('aa aa aa aa aa')
      const behind = hex(bytes.subarray(5 + length, 10 + length))
      expect(behind, `${value}: what lies behind it is as it was`).toBe('aa aa aa aa aa')
    }
  })

  test('and several stand one behind the other', () => {
    const bytes = new Uint8Array(16)
    let at = 0
    for (const value of [300, 0, 2 ** 35, 1]) at = writeVarint(bytes, at, value)
    expect(hex(bytes.subarray(0, at)), 'begin at the offset that the last one returned').toBe(
      'ac 02 00 80 80 80 80 80 01 01',
    )
  })
})

describe('what is no safe integer from 0 up', () => {
  test.each([-1, 0.5, 2 ** 53, Infinity, Number.NaN])('%d is refused, by name', (value) => {
    const bytes = new Uint8Array(16).fill(0xaa)
    const write = () => writeVarint(bytes, 3, value)
    expect(write, `${value} has no form: throw a RangeError`).toThrow(RangeError)
    expect(write, 'the error must name the number that was refused').toThrow(String(value))
    expect(hex(bytes), 'look at the number first, and then write').toBe(hex(new Uint8Array(16).fill(0xaa)))
  })
})

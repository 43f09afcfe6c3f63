import { expect, test } from 'vitest'
import { VirtualClock } from '#message-passing/virtual-clock'
import { demo } from '../../chapters/02-serialization/demo.ts'
import { outputOf } from '../program.ts'

const played = (seed: number, options: Readonly<Record<string, string>> = {}) =>
  outputOf(({ clock, print }) => demo({ clock, print, seed, options }))

test('the demo prints what the opening page says, and ends', async () => {
  await expect(await played(1)).toMatchFileSnapshot('golden/demo.txt')
})

test.each([2, 3, 5, 7, 11])('with the seed %d as well a cut is torn, and a flipped bit is corrupt', async (seed) => {
  const output = await played(seed)
  expect(output).toMatch(/cut off at \d+ +3 records are whole; torn at 99/)
  expect(output).toMatch(/bit flipped at \d+ +\d records? (?:is|are) whole; CORRUPT at/)
})

test('the place of the cut and of the flipped bit can be chosen', async () => {
  const output = await played(1, { cut: '66', flip: '0' })
  expect(output).toContain('2 records are whole; nothing is missing')
  expect(output).toContain('CORRUPT at 0 (the sum of its header is wrong)')
})

test.each(['133', '-1', 'x'])('refuses the place %s for the cut before it begins, and names it', async (cut) => {
  const print = () => expect.fail('it began')
  await expect(demo({ clock: new VirtualClock(), print, seed: 1, options: { cut } })).rejects.toThrow(cut)
})

import { expect, test } from 'vitest'
import { demo } from '../../chapters/01-message-passing/demo.ts'
import { outputOf } from '../program.ts'

test('the demo prints what the opening page says, and ends', async () => {
  const output = await outputOf(({ clock, print }) => demo({ clock, print, seed: 1, options: {} }))
  await expect(output).toMatchFileSnapshot('golden/demo.txt')
})

test('another seed tells the same story with other numbers, and loses nothing', async () => {
  const output = await outputOf(({ clock, print }) => demo({ clock, print, seed: 7, options: {} }))
  expect(output).toContain('received 100 of 100')
  const [, done, accepted] = /(\d+) of (\d+) accepted jobs done/.exec(output) ?? []
  expect(done, 'every accepted job is done when the workers have stopped').toBe(accepted)
})

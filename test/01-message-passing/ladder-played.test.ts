import { expect, test } from 'vitest'
import { VirtualClock } from '#message-passing/virtual-clock'
import { playRung, rungNames } from '../../chapters/01-message-passing/ladder/play.ts'
import { outputOf } from '../program.ts'

test.each([
  ['echo', 'ladder-echo'],
  ['ids', 'ladder-ids'],
  ['broadcast', 'ladder-broadcast'],
  ['counter', 'ladder-counter'],
])('%s, played', async (name, golden) => {
  const output = await outputOf(({ clock, print }) => playRung({ clock, print, seed: 1, options: {} }, name))
  expect(output.split('\n').filter((line) => line.length > 85)).toEqual([])
  await expect(output).toMatchFileSnapshot(`golden/${golden}.txt`)
})

test('a program that is not on the ladder is refused, and the others are named', async () => {
  const stage = { clock: new VirtualClock(), print: () => {}, seed: 1, options: {} }
  const right = `there is no program "raft" to play; there are ${rungNames.join(', ')}`
  await expect(playRung(stage, 'raft')).rejects.toThrow(right)
})

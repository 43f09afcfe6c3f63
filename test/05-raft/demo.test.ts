import { expect, test } from 'vitest'
import { VirtualClock } from '#message-passing/virtual-clock'
import { demo } from '../../chapters/05-raft/demo.ts'
import { outputOf } from '../program.ts'

const played = (seed: number, options: Readonly<Record<string, string>> = {}) =>
  outputOf(({ clock, print }) => demo({ clock, print, seed, options }))

test('the demo prints what the opening page says, and ends', async () => {
  await expect(await played(1)).toMatchFileSnapshot('golden/demo.txt')
})

test.each([2, 3, 5, 7, 11])(
  'with the seed %d as well, two commands are lost and all others committed',
  async (seed) => {
    const output = await played(seed)
    expect(output.match(/is lost:/g)).toHaveLength(2)
    expect(output.match(/is committed/g)?.length).toBeGreaterThanOrEqual(5)
  },
)

test.each(['3', '4', '9'])('%s servers tell the same story', async (servers) => {
  expect(await played(1, { servers })).toContain('every rule of Raft kept')
})

test('so do servers whose network loses one message in five', async () => {
  expect(await played(1, { loss: '20' })).toContain('every rule of Raft kept')
})

test.each([{ servers: '2' }, { loss: '41' }])('refuses %o, and names it', async (options) => {
  const print = () => expect.fail('it began')
  const wrong = Object.values(options)[0] ?? ''
  await expect(demo({ clock: new VirtualClock(), print, seed: 1, options })).rejects.toThrow(`not ${wrong}`)
})

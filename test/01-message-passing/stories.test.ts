import { expect, test } from 'vitest'
import { uniform } from '#message-passing/distributions'
import { explore } from '../simulated/explore.ts'
import { tell } from '../simulated/story.ts'
import { leasedLock } from './programs/leased-lock.ts'

const link = { latencyMs: uniform(5, 20) }
const place = {
  command: (seed: number) => `npm run check 1.5 -- --seed ${seed}`,
  replay: '/replay?run=1.5-no-two-clients-hold-the-lock-at-once',
}

test('a client that stands still while it holds the lock is caught, and the story of it fits on a page', async () => {
  const options = { hosts: [3, 5], durationMs: 2_000, link, faults: { pause: 2, drift: 1, loss: 1 } } as const
  const failure = await explore<string>(options, leasedLock)
  expect(failure?.kind === 'broken' && failure.scenario.faults.map(({ kind }) => kind)).toEqual(['pause'])
  if (failure === undefined) return
  const story = `${tell(failure, place)}\n`
  expect(story.split('\n').filter((line) => line.length > 80)).toEqual([])
  await expect(story).toMatchFileSnapshot('golden/lock-held-twice.txt')
})

test('the lock is right for as long as nobody stands still and every message arrives in time', async () => {
  expect(await explore<string>({ hosts: [3, 5], durationMs: 2_000, link, seeds: 50 }, leasedLock)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { hashOfEventfulRun } from './programs/eventful-run.ts'

test('a seed gives the same run on every version of Node', async () => {
  const hashes: string[] = []
  for (const seed of [1, 2, 3]) hashes.push(`seed ${seed}: ${await hashOfEventfulRun(seed)}`)
  await expect(`${hashes.join('\n')}\n`).toMatchFileSnapshot('golden/eventful-run.txt')
})

import { expect, test } from 'vitest'
import { Rehearsal } from './rehearsal.ts'

test('a leader that begins behind the end of another log goes back by whole terms', async () => {
  const stage = new Rehearsal(['a', 'b', 'c'])
  stage.quietly(() => {
    stage.timeout('a')
    stage.deliver('a', 'b', 'c')
    for (const command of ['p', 'q', 'r']) stage.propose('a', command)
    stage.lose()
    stage.timeout('b')
    stage.deliver('b', 'c')
    for (const command of ['x', 'y', 'z']) stage.propose('b', command)
    stage.deliver('b', 'c')
    stage.timeout('c')
    stage.deliver('b', 'c')
  })
  stage.say('a led term 1, b led term 2, and c leads term 3. a is back')
  stage.logs()
  stage.timeout('c')
  stage.deliver('a', 'c')
  stage.logs()
  await expect(`${stage.lines.join('\n').trim()}\n`).toMatchFileSnapshot('golden/back-by-terms.txt')
})

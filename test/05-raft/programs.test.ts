import { describe, expect, test } from 'vitest'
import { outputOf } from '../program.ts'
import { countThree } from './programs/count-three.ts'
import { harmedLog } from './programs/harmed-log.ts'
import { highestId } from './programs/highest-id.ts'
import { lostOrder } from './programs/lost-order.ts'
import { sameCount } from './programs/same-count.ts'
import { votesTwice } from './programs/votes-twice.ts'

describe('the programs that the pages show print what the pages say', () => {
  test.each([
    ['lost-order', lostOrder],
    ['highest-id', highestId],
    ['same-count', sameCount],
    ['count-three', countThree],
    ['votes-twice', votesTwice],
    ['harmed-log', harmedLog],
  ])('%s', async (name, program) => {
    await expect(await outputOf(program)).toMatchFileSnapshot(`golden/${name}.txt`)
  })
})

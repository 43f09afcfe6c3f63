import { describe, expect, test } from 'vitest'
import { outputOf } from '../program.ts'
import { lostOrder } from './programs/lost-order.ts'

describe('the programs that the pages show print what the pages say', () => {
  test.each([['lost-order', lostOrder]])('%s', async (name, program) => {
    await expect(await outputOf(program)).toMatchFileSnapshot(`golden/${name}.txt`)
  })
})

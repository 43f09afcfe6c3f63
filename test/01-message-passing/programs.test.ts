import { describe, expect, test } from 'vitest'
import { outputOf } from '../program.ts'
import { keptPace } from './programs/kept-pace.ts'
import { oneOfThree } from './programs/one-of-three.ts'
import { oneOwner } from './programs/one-owner.ts'
import { overrun } from './programs/overrun.ts'
import { oversold } from './programs/oversold.ts'
import { slowDashboard } from './programs/slow-dashboard.ts'

describe('the programs that the pages show print what the pages say', () => {
  test.each([
    ['oversold', oversold],
    ['one-owner', oneOwner],
    ['overrun', overrun],
    ['kept-pace', keptPace],
    ['one-of-three', oneOfThree],
    ['slow-dashboard', slowDashboard],
  ])('%s', async (name, program) => {
    await expect(await outputOf(program)).toMatchFileSnapshot(`golden/${name}.txt`)
  })
})

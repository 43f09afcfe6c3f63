import { describe, expect, test } from 'vitest'
import { outputOf } from '../program.ts'
import { countedTwice } from './programs/counted-twice.ts'
import { deafTask } from './programs/deaf-task.ts'
import { everyOrder } from './programs/every-order.ts'
import { keptPace } from './programs/kept-pace.ts'
import { lastWriteWins } from './programs/last-write-wins.ts'
import { lostOrders } from './programs/lost-orders.ts'
import { moneyFromNothing } from './programs/money-from-nothing.ts'
import { oneOfThree } from './programs/one-of-three.ts'
import { oneOwner } from './programs/one-owner.ts'
import { overrun } from './programs/overrun.ts'
import { oversold } from './programs/oversold.ts'
import { rolledBack } from './programs/rolled-back.ts'
import { slowDashboard } from './programs/slow-dashboard.ts'
import { starved } from './programs/starved.ts'

describe('the programs that the pages show print what the pages say', () => {
  test.each([
    ['oversold', oversold],
    ['one-owner', oneOwner],
    ['overrun', overrun],
    ['kept-pace', keptPace],
    ['one-of-three', oneOfThree],
    ['slow-dashboard', slowDashboard],
    ['lost-orders', lostOrders],
    ['every-order', everyOrder],
    ['starved', starved],
    ['money-from-nothing', moneyFromNothing],
    ['rolled-back', rolledBack],
    ['deaf-task', deafTask],
    ['counted-twice', countedTwice],
    ['last-write-wins', lastWriteWins],
  ])('%s', async (name, program) => {
    await expect(await outputOf(program)).toMatchFileSnapshot(`golden/${name}.txt`)
  })
})

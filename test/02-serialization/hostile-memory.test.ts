import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Costs, costsOf, costsReport } from '../fuzz/02-serialization/costs.ts'

/** How many times its own length such an input may take: it is copied, and its text becomes a string. */
const TIMES_MAX = 4

/** How many times what was measured another engine may take, or one that is busy and compiles its code later. */
const MARGIN = 2

/** What an error takes, with its words and its stack, and what the machine keeps for code that it compiles meanwhile. */
const CONSTANT_BYTES = 512 * 1_024

const file = join(import.meta.dirname, '../fuzz/results/02-serialization-memory.json')
const saved = JSON.parse(readFileSync(file, 'utf8')) as Costs // `npm run fuzz 2 -- --memory --save` writes it

test('an input that lies in a length or a count, or is one long part, takes at most four times its length and a constant', {
  timeout: 150_000,
}, () => {
  const costs = costsOf('lies')
  expect(costs.length, 'every one of them was decoded').toBeGreaterThan(30)
  for (const { name, decoder, length, accepted, allocated } of costs) {
    expect(accepted, `${decoder}: ${name}: it must be refused`).toBe(false)
    const rule = `${decoder}: ${name}: believe no length before you have compared it with what is left`
    expect(allocated, rule).toBeLessThanOrEqual(TIMES_MAX * length + CONSTANT_BYTES)
  }
})

test('an input that lies in its last byte takes at most a factor times its length, the factor measured for its schema', {
  timeout: 150_000,
}, () => {
  const costs = costsOf('late')
  expect(costs.map(titleOf), 'measure again: npm run fuzz 2 -- --memory --save').toEqual(saved.late.map(titleOf))
  for (const [index, { name, decoder, length, accepted, allocated }] of costs.entries()) {
    expect(accepted, `${decoder}: ${name}: it must be refused`).toBe(false)
    const before = saved.late[index]
    const timesMax = before === undefined ? 0 : (MARGIN * before.allocated) / before.length
    const rule = `${decoder}: ${name}: it took at most half of that; is something kept or copied for each item?`
    expect(allocated, rule).toBeLessThanOrEqual(timesMax * length + CONSTANT_BYTES)
  }
})

test('the pages show the memory that was measured', async () => {
  await expect(`${costsReport(saved)}\n`).toMatchFileSnapshot('golden/hostile-memory.txt')
})

function titleOf({ name, decoder }: Costs['late'][number]): string {
  return `${decoder}: ${name}`
}

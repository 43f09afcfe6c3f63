import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Costs, costsOf, costsReport } from '../fuzz/02-serialization/costs.ts'

/** How many times its own length an input that lies may take: it is copied, and its text becomes a string. */
const TIMES_MAX = 4

/** What an error takes, with its words and its stack, and what the machine keeps for code that it compiles meanwhile. */
const CONSTANT_BYTES = 512 * 1_024

test('an input that lies takes no more memory than a few times its own length', { timeout: 150_000 }, () => {
  const costs = costsOf('lies')
  expect(costs.length, 'every one of them was decoded').toBeGreaterThan(30)
  for (const { name, decoder, length, accepted, allocated } of costs) {
    expect(accepted, `${decoder}: ${name}: it must be refused`).toBe(false)
    const rule = `${decoder}: ${name}: believe no length before you have compared it with what is left`
    expect(allocated, rule).toBeLessThanOrEqual(TIMES_MAX * length + CONSTANT_BYTES)
  }
})

test('the page shows the memory that was measured', async () => {
  const file = join(import.meta.dirname, '../fuzz/results/02-serialization-memory.json')
  const costs = JSON.parse(readFileSync(file, 'utf8')) as Costs // `npm run fuzz 2 -- --memory --save` writes it
  await expect(`${costsReport(costs)}\n`).toMatchFileSnapshot('golden/hostile-memory.txt')
})

/** What the last campaign of chapter 5 came to, as its page shows it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Campaign, reportOf } from '../campaign/report.ts'

const root = join(import.meta.dirname, '../..')
const file = 'test/campaign/results/05-raft.json'
const campaign = JSON.parse(readFileSync(join(root, file), 'utf8')) as Campaign // `npm run campaign 5 -- --save` writes it

test('the page shows the figures that the campaign saved', async () => {
  await expect(`${reportOf(campaign)}\n`).toMatchFileSnapshot('golden/whole-campaign.txt')
})

test('the campaign broke no rule', () => {
  const broken = campaign.checks.filter(({ violation }) => violation !== undefined)
  expect(broken, `${file} tells how`).toEqual([])
})

test('a check that fails is told with its seed, and spoils the sum', () => {
  const tally = { seeds: 3, simulatedMs: 60_000, events: 1_234_567, faults: { crashes: 12, 'messages lost': 1_000 } }
  const check = { file: '5.1-scenarios', name: 'all is well', tally, cpuSeconds: 10 }
  const checks = [check, { ...check, name: 'n'.repeat(80), violation: 'seed 3, after 70 events: all is not well' }]
  const report = reportOf({ ...campaign, program: 'p', checks })
  expect(report).toContain('2 checks, 6 runs, 0.0 hours of simulated time, 2,469,134 events\nchapter 5, solutions p; ')
  expect(report).toContain('       2,000  messages lost\n          24  crashes\n\nrules broken: 1\n')
  expect(report).toMatch(/\n {2}all is well +3 +1\.0 +1,234,567 +123,000 +12 +0 +0 +1,000 +0\n/)
  expect(report).toMatch(/\n {2}n{65}… +3 .* 1\n/)
  expect(report).toMatch(/\n {2}all together +6 +2\.0 +2,469,134 +123,000 +24 +0 +0 +2,000 +1\n/)
  expect(report.endsWith(`\n\n5.1-scenarios: ${'n'.repeat(80)}\nseed 3, after 70 events: all is not well`)).toBe(true)
})

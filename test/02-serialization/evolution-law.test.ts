import { test } from 'vitest'
import { law } from '../law.ts'
import { expectNothingWorse } from './claims.ts'
import { versionPairs } from './version-pairs.ts'

test(
  'of many pairs of versions, the checker of versions says nothing that is not so',
  () => law(versionPairs(3), 600, async (pair, story) => expectNothingWorse(pair, story)),
  60_000,
)

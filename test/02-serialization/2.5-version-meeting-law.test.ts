import { describe, expect, test } from 'vitest'
import { compareVersions, explainChange } from '#serialization/evolution'
import { law } from '../law.ts'
import { anySchema } from './any-schema.ts'
import { expectNothingWorse } from './claims.ts'
import { schemaInWords } from './schema-in-words.ts'
import { versionPairs } from './version-pairs.ts'

/** These checks are the slowest of the exercise, and a busy machine takes ten times as long. */
const busyMs = 10_000

describe('whatever is changed', () => {
  test(
    'one thing: nothing worse happens to readers than the checker says of that part',
    () => law(versionPairs(1), 60, async (pair, story) => expectNothingWorse(pair, story)),
    busyMs,
  )

  test(
    'several things: nothing worse happens to readers than the checker says of that part',
    () => law(versionPairs(4), 40, async (pair, story) => expectNothingWorse(pair, story)),
    busyMs,
  )

  test(
    'no change is named where there is none',
    () =>
      law(anySchema({ protobuf: true }), 50, async (schema, story) => {
        story.tell(`both versions are ${schemaInWords(schema)}`)
        expect(compareVersions(schema, schema).map(explainChange), 'a schema and itself differ in nothing').toEqual([])
      }),
    busyMs,
  )
})

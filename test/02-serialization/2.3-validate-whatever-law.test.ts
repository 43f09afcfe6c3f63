import fc from 'fast-check'
import { test } from 'vitest'
import { inWords } from '#serialization/words'
import { law } from '../law.ts'
import { schemaWithValue } from './any-schema.ts'
import { expectFault, expectInside } from './faults.ts'
import { onePartWrong, twoPartsWrong } from './one-part-wrong.ts'
import { schemaInWords } from './schema-in-words.ts'

test('whatever the schema: a value that it describes has no fault', () =>
  law(schemaWithValue(), 300, async ({ schema, value }, story) => {
    story.tell(`the schema ${schemaInWords(schema)}`)
    story.tell(`the value ${fc.stringify(value)}`)
    expectInside(schema, value, 'every part is as the schema says')
  }))

test('whatever the schema: one part that is wrong is the fault, with the path to it', () =>
  law(onePartWrong, 400, async ({ schema, value, path, expected, found }, story) => {
    story.tell(`the schema ${schemaInWords(schema)}`)
    story.tell(`the value ${fc.stringify(value)}`)
    const where = path === '' ? 'the whole value' : path
    const rule = `only ${where} is wrong, where ${inWords(found)} stands in the place of ${expected}`
    expectFault(schema, value, { path, expected, found: inWords(found) }, rule)
  }))

test('whatever the schema: of two parts that are wrong, the fault is the first in the order of the schema', () =>
  law(twoPartsWrong, 200, async ({ schema, value, path, expected, found }, story) => {
    story.tell(`the schema ${schemaInWords(schema)}`)
    story.tell(`the value ${fc.stringify(value)}`)
    const rule = `${path} is wrong, where ${inWords(found)} stands in the place of ${expected}, and comes before whatever else is`
    expectFault(schema, value, { path, expected, found: inWords(found) }, rule)
  }))

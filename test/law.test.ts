import fc from 'fast-check'
import { expect, test } from 'vitest'
import { law, letter, listed } from './law.ts'

async function failureOf(broken: Promise<void>): Promise<Error> {
  const failure = await broken.then(
    () => undefined,
    (error: unknown) => error,
  )
  return failure instanceof Error ? failure : expect.fail('the law must be broken')
}

const numbers = fc.array(fc.nat(20), { size: 'max', maxLength: 20 })

test('a law that holds is tried as often as it says', async () => {
  let count = 0
  await law(numbers, 50, async () => {
    count++
  })
  expect(count).toBe(50)
})

test('a broken law tells the smallest case, line by line, and how to try it again', async () => {
  const failure = await failureOf(
    law(numbers, 200, async (example, story) => {
      for (const number of example) {
        story.tell(`add ${number}`)
        if (number % 2 === 1) story.goOnInTheSameTurn()
      }
      const sum = example.reduce((total, number) => total + number, 0)
      if (example.length > 2) throw new RangeError(`the sum is ${sum}`)
    }),
  )
  expect(failure.message).toMatch(
    /^RangeError: the sum is 0\nThe smallest case that shows it:\n {2}1\. add 0\n {2}2\. add 0\n {2}3\. add 0\nagain: SEED=\d+ npx vitest run .*test\/law\.test\.ts$/,
  )
  expect(failure.stack, 'the place where the law was broken').toContain('law.test.ts')
})

test('what happens in the same turn as the line before is told so', async () => {
  const failure = await failureOf(
    law(fc.constant(0), 1, async (_, story) => {
      story.tell('send a')
      story.goOnInTheSameTurn()
      story.tell('abort it')
      throw new Error('a is lost', { cause: new TypeError('deep down') })
    }),
  )
  expect(failure.message).toContain('  1. send a\n  2. in the same turn: abort it\n')
})

test('messages have names that a sentence can hold', () => {
  expect([0, 25, 26, 53].map(letter)).toEqual(['a', 'z', 'a2', 'b3'])
  expect([listed([]), listed(['a', 'b'])]).toEqual(['nothing', 'a, b'])
})

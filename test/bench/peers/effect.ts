/**
 * Effect's bounded queue. Effect takes 61 MB on disk, so it is installed apart,
 * by `npm install --prefix test/bench/peers`, and left out of the table until then.
 */
import { join } from 'node:path'
import { CAPACITY } from '../channels.ts'
import { type Case, millionsPerSecond, shares } from '../measure.ts'
import { versionOf } from '../versions.ts'

const version = versionOf('effect', join(import.meta.dirname, 'node_modules'))

export const EFFECT = `effect ${version ?? '4'}: Queue.bounded, offer and take`

export function effectCase(producers: number): Case {
  return {
    name: EFFECT,
    measure: async () => {
      if (version === undefined) return { skipped: 'run npm install --prefix test/bench/peers' }
      const { Effect, Fiber, Queue } = await loaded()
      return millionsPerSecond(500_000, (count) =>
        Effect.runPromise(
          Effect.gen(function* () {
            const queue = yield* Queue.bounded(CAPACITY)
            const fibers: unknown[] = []
            for (const { first, end } of shares(count, producers)) {
              const producer = Effect.gen(function* () {
                for (let n = first; n < end; n++) yield* Queue.offer(queue, n)
              })
              fibers.push(yield* Effect.forkChild(producer))
            }
            let sum = 0
            for (let received = 0; received < count; received++) sum += Number(yield* Queue.take(queue))
            for (const fiber of fibers) yield* Fiber.join(fiber)
            return sum
          }),
        ),
      )
    },
  }
}

/** As much of Effect as is called here: its own types are there only when it is installed. */
interface EffectModule {
  readonly Effect: {
    gen<A>(body: () => Generator<unknown, A, unknown>): Yieldable
    forkChild(effect: Yieldable): Yieldable
    runPromise(effect: Yieldable): Promise<number>
  }
  readonly Fiber: { join(fiber: unknown): Yieldable }
  readonly Queue: {
    bounded(capacity: number): Yieldable
    offer(queue: unknown, n: number): Yieldable
    take(queue: unknown): Yieldable
  }
}

interface Yieldable {
  [Symbol.iterator](): Iterator<unknown, unknown, unknown>
}

async function loaded(): Promise<EffectModule> {
  const name: string = 'effect' // a plain string, so that tsc does not look for the package
  return (await import(name)) as EffectModule // the version in the package.json beside this file
}

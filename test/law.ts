/**
 * A law: something that must hold whatever happens. It is tried on many random
 * cases, and the smallest one that breaks it is told as a story, step by step.
 *
 *     test('whatever is sent, each message arrives once', () =>
 *       law(cases, 200, async (steps, story) => { …; story.tell('send a'); … }))
 */
import fc from 'fast-check'
import { inject, TestRunner } from 'vitest'
import type {} from './simulated.ts' // names what a check can be provided with

/** What happened in one case, as it happens. */
export class Story {
  readonly #lines: string[] = []
  #sameTurn = false

  tell(line: string): void {
    this.#lines.push(this.#sameTurn ? `in the same turn: ${line}` : line)
    this.#sameTurn = false
  }

  /** Says that no promise had time to settle between the last line and the next one. */
  goOnInTheSameTurn(): void {
    this.#sameTurn = true
  }

  get lines(): readonly string[] {
    return this.#lines
  }
}

/** What a check fails with when a law is broken. */
export class LawBroken extends Error {
  override readonly name = 'AssertionError' // so that its message is shown as it stands

  constructor(broken: unknown, story: Story, next: string) {
    const reason = broken instanceof Error ? nameOf(broken) + broken.message : String(broken)
    const steps = story.lines.map((line, index) => `  ${index + 1}. ${line}`)
    super([reason, 'The smallest case that shows it:', ...steps, next].join('\n'))
    const origin = broken instanceof Error && broken.cause instanceof Error ? broken.cause : broken
    const stack = origin instanceof Error ? (origin.stack ?? '') : ''
    const frames = stack.split('\n').filter((line) => /^\s+at /.test(line))
    this.stack = [this.message, ...frames].join('\n')
  }
}

/** Plays `count` random cases. Rejects with the story of the smallest one that `play` rejects. */
export async function law<C>(
  cases: fc.Arbitrary<C>,
  count: number,
  play: (example: C, story: Story) => Promise<void>,
): Promise<void> {
  const seed = inject('seed')
  let last: { readonly broken: unknown; readonly story: Story } | undefined
  const property = fc.asyncProperty(cases, async (example) => {
    const story = new Story()
    try {
      await play(example, story)
    } catch (broken) {
      last = { broken, story } // cases get smaller from one failure to the next
      throw broken
    }
  })
  const outcome = await fc.check(property, { numRuns: count, ...(seed === undefined ? {} : { seed }) })
  if (!outcome.failed) return
  if (last === undefined) throw new Error('the law failed before any case was played', { cause: outcome.errorInstance })
  throw new LawBroken(last.broken, last.story, `again: ${commandFor(outcome.seed >>> 0)}`)
}

/** The name of message number `n`: a, b, …, z, a2, b2, … */
export function letter(n: number): string {
  const round = Math.floor(n / 26)
  return `${String.fromCharCode(97 + (n % 26))}${round === 0 ? '' : round + 1}`
}

/** Messages in a sentence: `a, b, c`, or `nothing`. */
export function listed(messages: readonly unknown[]): string {
  return messages.length === 0 ? 'nothing' : messages.join(', ')
}

function nameOf({ name }: Error): string {
  return /^(?:Assertion)?Error$/.test(name) ? '' : `${name}: `
}

function commandFor(seed: number): string {
  const { name, projectName } = TestRunner.getCurrentTest()?.file ?? { name: '', projectName: 'reference' }
  const [, exercise] = /\/(\d+\.\d+)-[^/]+$/.exec(name) ?? []
  if (exercise !== undefined && projectName !== 'reference') return `npm run check ${exercise} -- --seed ${seed}`
  return `SEED=${seed} npx vitest run --project reference ${name}`.trimEnd()
}

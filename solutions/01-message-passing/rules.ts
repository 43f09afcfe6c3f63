/**
 * What has to hold in a run, and when: checked after every event, in virtual time.
 *
 * A condition returns `true`, or else a sentence that says what is so instead.
 * That sentence becomes the story of the failure, so it names who and what.
 */

/** `true`, or what was seen instead: *two leaders in term 3: a and c*. */
export type Finding = true | string

export type Condition = () => Finding

/** A rule did not hold. `seen` is what was so instead. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken'
  readonly code = 'RULE_BROKEN'
  readonly rule: string
  readonly seen: string
  readonly atMs: number

  constructor(rule: string, seen: string, atMs: number) {
    super(`${rule}\n  but at ${atMs} ms: ${seen}`)
    this.rule = rule
    this.seen = seen
    this.atMs = atMs
  }
}

interface Expectation {
  readonly rule: string
  readonly condition: Condition
  readonly byMs: number
}

export class Rules {
  readonly #always: { readonly rule: string; readonly condition: Condition }[] = []
  #eventually: Expectation[] = []

  /** The condition holds after every event. */
  always(rule: string, condition: Condition): void {
    this.#always.push({ rule, condition })
  }

  /** The condition holds after no event. `seen` says what it means that it did, unless the condition returns a sentence itself. */
  never(rule: string, condition: () => boolean | string, seen = 'it happened'): void {
    this.always(rule, () => {
      const finding = condition()
      if (typeof finding === 'string') return finding
      return finding ? seen : true
    })
  }

  /** The condition holds after some event, no later than at `byMs`. */
  eventually(rule: string, byMs: number, condition: Condition): void {
    if (Number.isNaN(byMs)) throw new RangeError(`by when is it expected that ${rule}? ${byMs} ms is no moment`)
    this.#eventually.push({ rule, condition, byMs })
  }

  /** Looks at every rule, after an event at `nowMs`. Throws `RuleBroken` for the first that is broken. */
  check(nowMs: number): void {
    for (const { rule, condition } of this.#always) {
      const finding = condition()
      if (finding !== true) throw new RuleBroken(rule, finding, nowMs)
    }
    if (this.#eventually.length > 0) this.#eventually = this.#eventually.filter((expected) => isOpen(expected, nowMs))
  }
}

function isOpen({ rule, condition, byMs }: Expectation, nowMs: number): boolean {
  const finding = condition()
  const isLate = nowMs > byMs
  if (finding === true && !isLate) return false
  if (nowMs < byMs) return true
  throw new RuleBroken(rule, finding === true ? `it came true only now, and was due by ${byMs} ms` : finding, nowMs)
}

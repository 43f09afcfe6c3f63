import { describe, expect, test } from 'vitest'
import { findExercise, readBook } from '../chapters/exercises.ts'
import type { CheckReport } from './checks/report.ts'
import { readHints, readSolution } from './learn/page.ts'
import { begin, type Effect, type Session, step } from './learn/session.ts'

const lessons = [
  { number: '1.1', hints: 2 },
  { number: '1.2', hints: 0 },
  { number: '1.3', hints: 3 },
]

function report(exercise: string, state: CheckReport['state'] = 'passed'): CheckReport {
  return { exercise, state, checks: [], tested: [], printed: [], durationMs: 1 }
}

/** A session that remembers its state, so that a test reads as what the reader does. */
class Play {
  #session: Session
  effects: readonly Effect[]

  constructor(passed: readonly string[] = []) {
    const { session, effects } = begin(lessons, new Set(passed))
    this.#session = session
    this.effects = effects
  }

  get current(): string {
    return this.#session.current.number
  }

  press(key: string): readonly Effect[] {
    return this.#on({ kind: 'key', key })
  }

  save(exercise = this.current): readonly Effect[] {
    return this.#on({ kind: 'saved', exercise })
  }

  finish(state: CheckReport['state'] = 'passed'): readonly Effect[] {
    return this.#on({ kind: 'report', report: report(this.current, state) })
  }

  #on(event: Parameters<typeof step>[1]): readonly Effect[] {
    const { session, effects } = step(this.#session, event)
    this.#session = session
    this.effects = effects
    return effects
  }
}

const kinds = (effects: readonly Effect[]) => effects.map((effect) => effect.kind)
const said = (effects: readonly Effect[]) =>
  effects.map((effect) => (effect.kind === 'say' ? effect.text : '')).join(' ')

describe('learning', () => {
  test('begins with the checks of the first exercise that is not finished', () => {
    expect(new Play().effects).toEqual([{ kind: 'run', exercise: '1.1' }])
    expect(new Play(['1.1']).effects).toEqual([{ kind: 'run', exercise: '1.2' }])
    expect(new Play(['1.1', '1.2', '1.3']).current, 'all done: from the beginning').toBe('1.1')
  })

  test('every save runs the checks', () => {
    const play = new Play()
    play.finish('failed')
    expect(play.save()).toEqual([{ kind: 'run', exercise: '1.1' }])
    expect(kinds(play.finish('failed'))).toEqual(['show report'])
  })

  test('saves during a run end in one more run, and the outdated result is not shown', () => {
    const play = new Play()
    for (let saves = 0; saves < 3; saves++) expect(play.save()).toEqual([])
    expect(play.finish('failed'), 'not shown').toEqual([{ kind: 'run', exercise: '1.1' }])
    expect(kinds(play.finish('passed'))).toEqual(['show report', 'say'])
  })

  test('a save of another exercise moves there, and says so', () => {
    const play = new Play()
    play.finish('failed')
    expect(kinds(play.save('1.3'))).toEqual(['say', 'run'])
    expect(play.current).toBe('1.3')
    expect(play.save('9.9'), 'unknown: nothing happens').toEqual([])
  })

  test('after passing it says where n leads, and n leads there', () => {
    const play = new Play(['1.2'])
    expect(said(play.finish())).toContain('n goes on to 1.3')
    expect(play.press('n')).toContainEqual({ kind: 'run', exercise: '1.3' })
    expect(said(play.finish())).toContain('every exercise is done')
    expect(said(play.press('n'))).toContain('1.3 is the last exercise so far')
  })

  test('an exercise that fails again is not done any more', () => {
    const play = new Play()
    play.finish('passed')
    play.press('r')
    play.finish('failed')
    expect(said(play.press('s'))).toContain("1.1 isn't done yet")
  })

  test('hints come one after the other, and then no more', () => {
    const play = new Play()
    expect(play.press('h')).toEqual([{ kind: 'show hint', exercise: '1.1', hint: 1 }])
    expect(play.press('h')).toEqual([{ kind: 'show hint', exercise: '1.1', hint: 2 }])
    expect(said(play.press('h'))).toContain('That was the last hint')
    play.press('n')
    expect(said(play.press('h'))).toContain('1.2 has no hints')
  })

  test('the solution is shown at once after passing, and before only on a second press', () => {
    const play = new Play()
    expect(said(play.press('s'))).toContain('Press s again')
    expect(said(play.press('l')), 'another key takes the question back').toBe('')
    expect(kinds(play.press('s'))).toEqual(['say'])
    expect(play.press('s')).toEqual([{ kind: 'show solution', exercise: '1.1' }])
    play.finish('passed')
    expect(play.press('s')).toEqual([{ kind: 'show solution', exercise: '1.1' }])
  })

  test('a reset asks first, and only y means yes', () => {
    const play = new Play()
    expect(said(play.press('x'))).toContain('Put 1.1 back')
    expect(said(play.press('n')), 'n is an answer here').toContain('1.1 stays as it is')
    expect(play.current).toBe('1.1')
    play.press('x')
    expect(play.press('y')).toEqual([{ kind: 'reset', exercise: '1.1' }])
    expect(kinds(play.press('y')), 'y alone means nothing').toEqual(['say'])
  })

  test('q quits, r runs, l lists, and any other key names the keys', () => {
    const play = new Play()
    play.finish('failed')
    expect(play.press('q')).toEqual([{ kind: 'quit' }])
    expect(play.press('l')).toEqual([{ kind: 'show list' }])
    expect(said(play.press('?'))).toContain('h hint')
    expect(play.press('r')).toEqual([{ kind: 'run', exercise: '1.1' }])
  })
})

describe('hints and solutions in the terminal', () => {
  const root = new URL('..', import.meta.url).pathname

  test.each(readBook(root).flatMap((chapter) => chapter.exercises))('$number has both', (exercise) => {
    const hints = readHints(root, findExercise(readBook(root), exercise.number))
    expect(hints.map((hint) => /^Hint (\d)/.exec(hint.title)?.[1])).toEqual(['1', '2', '3'])
    for (const hint of hints) expect(hint.text, 'Markdown links have no targets in a terminal').not.toMatch(/\]\(/)
    expect(readSolution(root, exercise)).toContain(`// ${exercise.number}a `)
    expect(readSolution(root, exercise)).not.toContain('unimplemented')
  })
})

/**
 * What `npm run learn` does, as a function: a state and an event give the next
 * state and what is to be done about it. Keys, files and the terminal are
 * somebody else's business.
 */
import type { CheckReport } from '../checks/report.ts'

/** What the session knows of an exercise beforehand. */
export interface Lesson {
  readonly number: string
  /** How many hints its page has. */
  readonly hints: number
}

export interface Session {
  readonly lessons: readonly Lesson[]
  readonly current: Lesson
  /** The numbers of those whose checks passed when they last ran. */
  readonly passed: ReadonlySet<string>
  readonly hintsShown: number
  /** What a key has asked for, and another press must confirm. */
  readonly asked: 'nothing' | 'solution' | 'reset'
  /** `outdated`: a file was saved during the run, so its result is of no use and another run follows. */
  readonly run: 'idle' | 'running' | 'outdated'
}

export type SessionEvent =
  | { readonly kind: 'key'; readonly key: string }
  /** A file of this exercise was changed on disk. */
  | { readonly kind: 'saved'; readonly exercise: string }
  | { readonly kind: 'report'; readonly report: CheckReport }

export type Effect =
  | { readonly kind: 'run'; readonly exercise: string }
  | { readonly kind: 'show report'; readonly report: CheckReport }
  | { readonly kind: 'show hint'; readonly exercise: string; readonly hint: number }
  | { readonly kind: 'show solution'; readonly exercise: string }
  | { readonly kind: 'show list' }
  | { readonly kind: 'reset'; readonly exercise: string }
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'quit' }

export interface Step {
  readonly session: Session
  readonly effects: readonly Effect[]
}

export const keys = 'h hint   s solution   l list   n next   r run   x reset   q quit'

/** Begins with the first exercise that isn't finished, or with the first of all. */
export function begin(lessons: readonly Lesson[], passed: ReadonlySet<string>): Step {
  const current = lessons.find((lesson) => !passed.has(lesson.number)) ?? lessons[0]
  if (current === undefined) throw new Error('the book has no exercises yet')
  const session: Session = { lessons, current, passed, hintsShown: 0, asked: 'nothing', run: 'idle' }
  return run(session)
}

export function step(session: Session, event: SessionEvent): Step {
  switch (event.kind) {
    case 'key':
      return press(session, event.key)
    case 'saved':
      return saved(session, event.exercise)
    case 'report':
      return reported(session, event.report)
  }
}

function run(session: Session, before: readonly Effect[] = []): Step {
  if (session.run !== 'idle') return { session: { ...session, run: 'outdated' }, effects: before }
  const { number } = session.current
  return { session: { ...session, run: 'running' }, effects: [...before, { kind: 'run', exercise: number }] }
}

function saved(session: Session, exercise: string): Step {
  if (exercise === session.current.number) return run(session)
  const lesson = session.lessons.find((other) => other.number === exercise)
  if (lesson === undefined) return { session, effects: [] }
  return moveTo(session, lesson, `You saved a file of ${exercise}, so here are the checks of ${exercise}.`)
}

function moveTo(session: Session, lesson: Lesson, text: string): Step {
  return run({ ...session, current: lesson, hintsShown: 0, asked: 'nothing' }, [{ kind: 'say', text }])
}

function reported(session: Session, report: CheckReport): Step {
  const idle: Session = { ...session, run: 'idle' }
  if (session.run === 'outdated') return run(idle)
  const passed = new Set(session.passed)
  if (report.state === 'passed') passed.add(report.exercise)
  else passed.delete(report.exercise)
  const effects: Effect[] = [{ kind: 'show report', report }]
  if (report.state === 'passed') effects.push({ kind: 'say', text: afterPassing({ ...session, passed }) })
  return { session: { ...idle, passed }, effects }
}

function afterPassing(session: Session): string {
  const { number } = session.current
  const next = nextLesson(session)
  if (session.lessons.every((lesson) => session.passed.has(lesson.number))) {
    return 'That was the last one: every exercise is done.'
  }
  const compare = 's compares yours with ours'
  return next === undefined
    ? `${number} is done; ${compare}.`
    : `${number} is done; ${compare}, n goes on to ${next.number}.`
}

/** The next one that isn't done, behind the current one if possible; else the one that stands behind it. */
function nextLesson({ lessons, current, passed }: Session): Lesson | undefined {
  const place = lessons.indexOf(current)
  const inTurn = [...lessons.slice(place + 1), ...lessons.slice(0, place)]
  return inTurn.find((lesson) => !passed.has(lesson.number)) ?? lessons[place + 1]
}

function press(before: Session, key: string): Step {
  const session: Session = { ...before, asked: 'nothing' }
  const { current } = session
  const exercise = current.number
  if (before.asked === 'reset') {
    if (key === 'y') return { session: { ...session, hintsShown: 0 }, effects: [{ kind: 'reset', exercise }] }
    return { session, effects: [{ kind: 'say', text: `${exercise} stays as it is.` }] }
  }
  switch (key) {
    case 'h':
      return hint(session)
    case 's':
      return solution(session, before.asked === 'solution')
    case 'l':
      return { session, effects: [{ kind: 'show list' }] }
    case 'n':
      return next(session)
    case 'r':
      return run(session)
    case 'x': {
      const text = `Put ${exercise} back to how it came? Your version is kept beside it. y or n`
      return { session: { ...session, asked: 'reset' }, effects: [{ kind: 'say', text }] }
    }
    case 'q':
      return { session, effects: [{ kind: 'quit' }] }
    default:
      return { session, effects: [{ kind: 'say', text: keys }] }
  }
}

function hint(session: Session): Step {
  const { current, hintsShown } = session
  if (hintsShown === current.hints) {
    const none = current.hints === 0 ? `${current.number} has no hints` : 'That was the last hint'
    return { session, effects: [{ kind: 'say', text: `${none}; s shows the solution.` }] }
  }
  const shown = hintsShown + 1
  const effect: Effect = { kind: 'show hint', exercise: current.number, hint: shown }
  return { session: { ...session, hintsShown: shown }, effects: [effect] }
}

function solution(session: Session, confirmed: boolean): Step {
  const { current, passed, hintsShown } = session
  if (confirmed || passed.has(current.number)) {
    return { session, effects: [{ kind: 'show solution', exercise: current.number }] }
  }
  const left = current.hints - hintsShown
  const hints = left === 0 ? '' : ` There ${left === 1 ? 'is a hint' : `are ${left} hints`} left: h shows one.`
  const text = `${current.number} isn't done yet. Press s again to see its solution.${hints}`
  return { session: { ...session, asked: 'solution' }, effects: [{ kind: 'say', text }] }
}

function next(session: Session): Step {
  const lesson = nextLesson(session)
  if (lesson !== undefined) return moveTo(session, lesson, `On to ${lesson.number}.`)
  return { session, effects: [{ kind: 'say', text: `${session.current.number} is the last exercise so far.` }] }
}

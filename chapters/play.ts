/**
 * Plays a demo in the terminal, and sees to it that it ends well: a part that
 * isn't written yet ends it with a sentence and not with a stack of calls.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RealClock } from '#message-passing/clock.node'
import { VirtualClock } from '#message-passing/virtual-clock'
import { type Chapter, findExercise } from './exercises.ts'
import { keepPace } from './pace.ts'
import { BadFlag, type Demo, type DemoStage } from './stage.ts'
import { isUnimplemented } from './unimplemented.ts'

export interface DemoModule {
  readonly demo: Demo
  /** The flags of its own that the demo takes, and what each means. */
  readonly flags: Readonly<Record<string, string>>
}

export async function loadDemo(root: string, chapter: Chapter): Promise<DemoModule> {
  const file = `chapters/${chapter.folder}/demo.ts`
  if (!existsSync(join(root, file))) throw new Error(`chapter ${chapter.number} has no demo yet: ${file} is missing`)
  const loaded: Partial<DemoModule> = await import(pathToFileURL(join(root, file)).href)
  if (loaded.demo === undefined) throw new Error(`${file} exports no function called demo`)
  return { demo: loaded.demo, flags: loaded.flags ?? {} }
}

/** Plays the demo to its end and answers the exit code. */
export async function play(
  root: string,
  book: readonly Chapter[],
  { demo }: DemoModule,
  { seed, options }: Pick<DemoStage, 'seed' | 'options'>,
): Promise<number> {
  const clock = new VirtualClock()
  try {
    await Promise.race([
      untilOver(clock, demo({ clock, seed, options, print: (line) => console.log(line) })),
      failureElsewhere(),
    ])
    return 0
  } catch (error) {
    const unimplemented = findUnimplemented(error)
    if (unimplemented !== undefined) console.error(`\n${friendlyLine(root, book, unimplemented)}`)
    else console.error(error instanceof BadFlag ? error.message : error)
    return 1
  }
}

/** Lets time pass for as long as the demo plays, and hands on how it ended. */
async function untilOver(clock: VirtualClock, playing: Promise<void>): Promise<void> {
  let isOver = false
  const end = () => {
    isOver = true
  }
  playing.then(end, end)
  await keepPace(clock, new RealClock(), () => isOver)
  await playing
}

/** Rejects when a promise fails that nobody waits for. */
function failureElsewhere(): Promise<never> {
  return new Promise((_resolve, reject) => {
    process.once('unhandledRejection', reject)
    process.once('uncaughtException', reject)
  })
}

interface Part {
  readonly exercise: string
  readonly what: string
}

const depthMax = 8

/** The missing part that caused `error`, even if other errors were wrapped around it. */
export function findUnimplemented(error: unknown, depth = 0): Part | undefined {
  if (isUnimplemented(error)) return error
  if (typeof error !== 'object' || error === null || depth === depthMax) return undefined
  const causes: unknown[] = []
  for (const key of ['cause', 'error', 'suppressed', 'errors', 'failures'] as const) {
    const cause: unknown = (error as Readonly<Record<string, unknown>>)[key] // any error may carry these
    causes.push(...(Array.isArray(cause) ? cause : [cause]))
  }
  for (const cause of causes) {
    const found = findUnimplemented(cause, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function friendlyLine(root: string, book: readonly Chapter[], part: Part): string {
  const exercise = findExercise(book, part.exercise.replace(/[a-z]+$/, ''))
  const files = exercise.modules.map((module) => module.mine).filter((file) => existsSync(join(root, file)))
  return `Exercise ${part.exercise} is yours to write, in ${files.join(' or ')}: ${part.what}`
}

/**
 * What Vitest runs, as projects:
 *
 * - `reference`: the checks of all exercises, on the solutions;
 * - `mine-N.M`: the checks of one exercise, on the reader's files of that
 *   exercise and the reference for everything else;
 * - `book`: tests of the book itself, its style and its scripts;
 * - `site`: browser tests of the built site.
 *
 * Conditions are set twice, for `ssr` and not, each time with Vite's defaults:
 * with one of them alone some environments silently fall back to the reference.
 */
import { join } from 'node:path'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { seedOf } from './chapters/command-line.ts'
import { type Exercise, readBook } from './chapters/exercises.ts'
import { PageOrder } from './test/checks/sequencer.ts'
import type {} from './test/simulated.ts' // names what a check can be provided with

const root = import.meta.dirname

export default defineConfig({
  oxc: { target: 'node20' }, // lowers `await using`, which Node 20 doesn't know
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'reference',
          include: ['test/[0-9][0-9]-*/**/*.test.ts'],
          testTimeout: 10_000,
          setupFiles: ['test/checks/replays.ts'],
        },
      },
      { extends: true, test: { name: 'book', include: ['test/*.test.ts'], testTimeout: 30_000 } },
      {
        extends: true,
        test: {
          name: 'site',
          include: ['test/site/**/*.test.ts'],
          globalSetup: 'test/site/builds.ts',
          testTimeout: 60_000,
          expect: { poll: { timeout: 15_000 } }, // pages answer late on a busy machine
        },
      },
      ...readBook(root).flatMap((chapter) => chapter.exercises.map(mine)),
    ],
    pool: 'threads',
    maxWorkers: '100%', // tests of the book often wait for other processes
    sequence: { sequencer: PageOrder },
    update: 'none',
    watch: false,
    provide: { seed: seedOfEnvironment() },

    // which modules a test file really ran: the proof that a check ran the reader's file
    experimental: { importDurations: { limit: 10_000, print: false } },
  },
})

/** `SEED=17 npx vitest run …` runs the checks in a simulated world with that seed only. */
function seedOfEnvironment(): number | undefined {
  const text = process.env.SEED
  return text === undefined || text === '' ? undefined : seedOf({ words: [], flags: { seed: text } })
}

function mine(exercise: Exercise): TestProjectInlineConfiguration {
  return {
    extends: true,
    resolve: {
      conditions: [exercise.condition, ...defaultClientConditions],
      alias: { '#unimplemented': join(root, 'test/checks/unimplemented.ts') },
    },
    ssr: { resolve: { conditions: [exercise.condition, ...defaultServerConditions] } },
    test: {
      name: exercise.condition,
      include: [...exercise.checks],
      testTimeout: 2_000,
      isolate: false,
      maxWorkers: 1,
      setupFiles: ['test/checks/witness.ts', 'test/checks/replays.ts'],
    },
  }
}

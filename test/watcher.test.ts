import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readBook } from '../chapters/exercises.ts'
import { Watcher } from './learn/watcher.ts'
import { Workbench } from './workbench.ts'

const file = 'chapters/01-message-passing/select.ts'

let bench: Workbench | undefined
let watcher: Watcher | undefined
afterEach(() => {
  watcher?.close()
  bench?.[Symbol.dispose]()
})

/** Watches a copy of the book. Answers the copy, the next exercise that was saved, and what was said. */
function watching(poll: boolean, before: (copy: Workbench) => void = () => {}) {
  const copy = new Workbench({ without: ['docs', 'test'] })
  bench = copy
  before(copy)
  const said: string[] = []
  const saved: string[] = []
  const exercises = readBook(copy.root).flatMap((chapter) => chapter.exercises)
  const next = new Promise<string>((resolve) => {
    const tell = (exercise: string) => {
      saved.push(exercise)
      resolve(exercise)
    }
    watcher = new Watcher(copy.root, exercises, tell, { poll, say: (message) => said.push(message) })
  })
  return { copy, next, saved, said }
}

test.each([false, true])('a save is told with the number of its exercise (polling: %s)', async (poll) => {
  const { copy, next, saved, said } = watching(poll)
  copy.write(file, copy.read(file)) // the same text: no change
  copy.edit(file, 'import', '// mine\nimport')
  expect(await next).toBe('1.2')
  expect(saved).toEqual(['1.2'])
  expect(said).toEqual([])
})

test('a deleted file is a change too', async () => {
  const { copy, next } = watching(true)
  rmSync(join(copy.root, file))
  expect(await next).toBe('1.2')
})

test('where events cannot be had it says so, and looks at the files instead', async () => {
  const folder = join('chapters', '01-message-passing')
  const { copy, next, said } = watching(false, ({ root }) => rmSync(join(root, folder), { recursive: true }))
  expect(said.join()).toContain('No events about files can be had here (ENOENT')
  copy.restore(folder)
  expect(await next).toBe('1.1')
})

import { sleep } from '#message-passing/clock'
import { TaskGroupFailed } from '#message-passing/task-failures'
import { TaskGroup } from '#message-passing/task-group'
import type { Program } from '../../program.ts'

export async function deafTask({ clock, print }: Program): Promise<void> {
  async function copy(file: string, signal?: AbortSignal): Promise<void> {
    await sleep(clock, 800, signal)
    print(`${clock.now()} ms: wrote ${file}`)
  }

  try {
    await using group = new TaskGroup(clock, { deadlineMs: 500, graceMs: 100 })
    group.spawn('listens', (signal) => copy('a.txt', signal))
    group.spawn('deaf', () => copy('b.txt')) // the signal never gets there
    await group.join()
  } catch (failed) {
    if (!(failed instanceof TaskGroupFailed)) throw failed
    for (const error of failed.errors) print(`${clock.now()} ms: ${error}`)
  }
}

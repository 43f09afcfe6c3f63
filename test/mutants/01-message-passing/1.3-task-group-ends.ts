/** Mistakes that people make at the end of a task group and of its block, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/01-message-passing/task-group.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'leaves the block without waiting for the tasks',
    file,
    find: `this.cancel()
    await this.#end()`,
    replace: 'this.cancel()',
    caughtBy: 'by a return: what still runs is cancelled and waited for',
    lists: [],
  },
  {
    name: 'waits at the end of the block for tasks that nobody has cancelled',
    file,
    find: `this.cancel()
    await this.#end()`,
    replace: 'await this.#end()',
    caughtBy: 'by an exception: what still runs is cancelled and waited for',
    lists: [],
  },
  {
    name: 'loses a failure when the block is left without a join',
    file,
    find: 'if (!this.#isReported) this.#report()',
    replace: '',
    caughtBy: 'a failure that nobody has heard of is reported',
    lists: [],
  },
  {
    name: 'reports a failure in join, and again when the block is left',
    file,
    find: 'if (!this.#isReported) this.#report()',
    replace: 'this.#report()',
    caughtBy: 'a failure that join has reported is not reported again',
    lists: [],
  },
  {
    name: 'forgets what it has reported, and joins well the second time',
    file,
    find: 'throw new TaskGroupFailed(this.#failures)',
    replace: 'throw new TaskGroupFailed(this.#failures.splice(0))',
    caughtBy: 'joining again ends as it did the first time',
    lists: [],
  },
  {
    name: 'starts no more tasks as soon as somebody waits',
    file,
    find: `async join(): Promise<void> {
`,
    replace: `async join(): Promise<void> {
    this.#isOver = true
`,
    caughtBy: 'a task may spawn others, and join waits for those too',
    lists: [],
  },
  {
    name: 'begins a grace period when it is cancelled after its end',
    file,
    find: 'if (this.signal.aborted || this.#isOver) return',
    replace: 'if (this.signal.aborted) return',
    caughtBy: 'a group that has been joined can no longer be cancelled',
    lists: [],
  },
  {
    name: 'adds what a task fails with that was given up before',
    file,
    find: `if (this.#isOver) return
    if`,
    replace: 'if',
    caughtBy: 'a task that was given up may fail later, and nothing more comes of it',
    lists: [],
  },
  {
    name: 'counts a task for ever that it has given up, and names it again in the next report',
    file,
    find: 'this.#running.clear()',
    replace: '',
    caughtBy: 'a task that was given up is named once, and not counted any more',
    lists: [],
  },
  {
    name: 'begins the grace period when somebody waits, and not when it is cancelled',
    file,
    find: `const over = () => (this.size === 0 || this.#graceOver ? undefined : NOT_READY)
`,
    replace: `let graceOver = false
    const over = () => (this.size === 0 || graceOver ? undefined : NOT_READY)
    const giveUp = () => {
      graceOver = true
      this.#changed.notifyAll()
    }
    const begin = () => this.#leftovers.push(this.#clock.schedule(this.#graceMs, giveUp))
    if (this.signal.aborted) begin()
    else this.signal.addEventListener('abort', begin)
`,
    caughtBy: 'it begins when the group is cancelled, and not when somebody begins to wait',
    lists: [],
  },
  {
    name: 'lets the deadline pass when no task runs and nobody has joined',
    file,
    find: 'const expire = () => this.#fail(',
    replace: 'const expire = () => this.size > 0 && this.#fail(',
    caughtBy: 'a deadline that passes before anybody has joined is missed',
    lists: [],
  },
]

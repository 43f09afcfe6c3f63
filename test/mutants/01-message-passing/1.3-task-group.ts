/** Mistakes that people make in a task group, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/01-message-passing/task-group.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'lets the others run on when a task fails',
    file,
    find: 'this.cancel(failure.error)',
    replace: '',
    caughtBy: 'the first task that fails cancels the others',
    lists: [],
  },
  {
    name: 'keeps only the first failure',
    file,
    find: 'this.#failures.push(failure)',
    replace: 'if (this.#failures.length === 0) this.#failures.push(failure)',
    caughtBy: 'every failure is reported, in the order in which they happened',
    lists: [],
  },
  {
    name: 'reports a task that ended as it was asked to as a failure',
    file,
    find: 'if (this.signal.aborted && failure.error === this.signal.reason) return',
    replace: '',
    caughtBy: 'a task that ends with the reason of its signal has not failed',
    lists: [],
  },
  {
    name: 'takes every AbortError for an obedient end',
    file,
    find: 'if (this.signal.aborted && failure.error === this.signal.reason) return',
    replace: `if (this.signal.aborted && failure.error === this.signal.reason) return
    if (failure.error instanceof DOMException && failure.error.name === 'AbortError') return`,
    caughtBy: 'a task that gives up by an AbortError of its own has failed',
    lists: [],
  },
  {
    name: 'overlooks what a task fails with once the group is cancelled',
    file,
    find: 'if (this.signal.aborted && failure.error === this.signal.reason) return',
    replace: 'if (this.signal.aborted) return',
    caughtBy: 'a task that fails while it cleans up has failed',
    lists: [],
  },
  {
    name: 'takes a failure without an error for a success',
    file,
    find: 'this.#fail({ task: name, error })',
    replace: 'if (error) this.#fail({ task: name, error })',
    caughtBy: 'a task can fail with any value, undefined too',
    lists: [],
  },
  {
    name: 'rejects at the first failure, as Promise.all does, while other tasks still run',
    file,
    find: 'this.size === 0 || this.#graceOver',
    replace: 'this.size === 0 || this.#graceOver || this.#failures.length > 0',
    caughtBy: 'join waits for the tasks that a failure has cancelled',
    lists: [],
  },
  {
    name: 'waits for ever for a task that does not listen',
    file,
    find: 'this.size === 0 || this.#graceOver',
    replace: 'this.size === 0',
    caughtBy: 'a task that does not end is named in an error',
    lists: [],
  },
  {
    name: 'looks only once whether all tasks have ended',
    file,
    find: 'while (over() === NOT_READY) await',
    replace: 'await',
    caughtBy: 'a task that begins as the last one ends',
    lists: [],
  },
  {
    name: 'prolongs the grace period each time it is cancelled',
    file,
    find: `if (this.signal.aborted) return
    this.#controller`,
    replace: `if (this.signal.aborted) this.#leftovers.pop()?.() // the timer of the grace period
    this.#controller`,
    caughtBy: 'it begins when the group is cancelled, and cancelling again does not prolong it',
    lists: [],
  },
  {
    name: 'joins a cancelled group as if its work were done',
    file,
    find: `this.#report()
    this.signal.throwIfAborted()`,
    replace: 'this.#report()',
    caughtBy: 'a cancelled group is not joined as if its work were done',
    lists: [],
  },
  {
    name: 'starts tasks in a cancelled group',
    file,
    find: `this.signal.throwIfAborted()
    const running`,
    replace: 'const running',
    caughtBy: 'nothing can be spawned in a cancelled group',
    lists: [],
  },
  {
    name: 'starts a task a turn later, and not at once',
    file,
    find: 'await task(running.controller.signal)',
    replace: 'await Promise.resolve().then(() => task(running.controller.signal))',
    caughtBy: 'a task runs at once, up to its first await',
    lists: [],
  },
  {
    name: 'aborts the signal of the group, and tells no task',
    file,
    find: 'for (const running of this.#running) running.controller.abort(this.signal.reason)',
    replace: '',
    caughtBy: 'every task learns the reason from its signal',
    lists: [],
  },
  {
    name: 'cancels the tasks without passing on the reason',
    file,
    find: 'running.controller.abort(this.signal.reason)',
    replace: 'running.controller.abort()',
    caughtBy: 'every task learns the reason from its signal',
    lists: [],
  },
  {
    name: 'does not notice a signal that was aborted before',
    file,
    find: 'if (signal?.aborted) this.cancel(signal.reason)',
    replace: '',
    caughtBy: 'aborted before the group begins',
    lists: [],
  },
  {
    name: 'goes on listening to the signal from outside',
    file,
    find: `this.#leftovers.push(() => signal?.removeEventListener('abort', follow))`,
    replace: '',
    caughtBy: 'aborted after the group is over: the group takes no notice',
    lists: [],
  },
  {
    name: 'leaves the timer of the deadline behind',
    file,
    find: 'this.#leftovers.push(clock.schedule(deadlineMs, expire))',
    replace: 'clock.schedule(deadlineMs, expire)',
    caughtBy: 'by a group whose tasks are done: no timer, no listener',
    lists: [],
  },
  {
    name: 'leaves the timer of the grace period behind',
    file,
    find: 'this.#leftovers.push(this.#clock.schedule(this.#graceMs, giveUp))',
    replace: 'this.#clock.schedule(this.#graceMs, giveUp)',
    caughtBy: 'by a group that was cancelled: no timer, no listener',
    lists: [],
  },
  {
    name: 'takes a deadline of 0 ms for none',
    file,
    find: 'if (deadlineMs !== undefined) {',
    replace: 'if (deadlineMs) {',
    caughtBy: 'a deadline of 0 ms is a deadline',
    lists: [],
  },
  {
    name: 'finds out only when it is cancelled that its grace period is no number',
    file,
    find: `requireDuration('graceMs', graceMs)`,
    replace: '',
    caughtBy: 'graceMs: NaN is refused',
    lists: [],
  },
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
    find: `this.cancel()
    await this.#end()
    this.#report()`,
    replace: `this.cancel()
    await this.#end()`,
    caughtBy: 'a failure that nobody has heard of is reported',
    lists: [],
  },
  {
    name: 'reports a failure in join, and again when the block is left',
    file,
    find: `this.#failures = []
    if`,
    replace: 'if',
    caughtBy: 'a failure that join has reported is not reported again',
    lists: [],
  },
]

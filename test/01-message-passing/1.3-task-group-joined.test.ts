import { afterEach, describe, expect, test } from 'vitest'
import { sleep } from '#message-passing/clock'
import { TaskGroup } from '#message-passing/task-group'
import { VirtualClock } from '#message-passing/virtual-clock'
import { atOnce, type Observed, observe, outcome, settle } from '../observe.ts'
import { endingOf } from './ending.ts'

/** Never ends, and never looks at its signal. */
const deaf = () => new Promise<never>(() => {})

// a rejection that nobody handles belongs to the check that caused it, and not to the next
afterEach(settle)

describe('a group that is over', () => {
  test('a group that has been joined starts no more tasks: nothing would cancel them', async () => {
    const group = new TaskGroup(new VirtualClock())
    let started = false
    group.spawn('first', async () => {})
    await atOnce(group.join(), 'its only task has ended')
    const spawnLate = () =>
      group.spawn('late', async () => {
        started = true
      })
    expect(spawnLate, 'join has finished, and so spawn must throw').toThrow()
    expect(started, 'spawn threw, and started the task all the same').toBe(false)
  })

  test('a group that has been joined can no longer be cancelled', async () => {
    const clock = new VirtualClock()
    const group = new TaskGroup(clock)
    group.spawn('quick', async () => {})
    await atOnce(group.join(), 'its only task has ended')
    group.cancel('too late')
    expect(clock.pending, 'timers of a group that is over: has cancel begun a grace period?').toBe(0)
    expect(group.signal.aborted, 'the work was done before anybody cancelled it').toBe(false)
  })

  const endings: Record<string, (group: TaskGroup) => void> = {
    'that is done': (group) => group.spawn('quick', async () => {}),
    'that was cancelled': (group) => group.cancel('enough'),
    'in which a task failed': (group) => group.spawn('fails', () => Promise.reject(new Error('disk full'))),
  }

  test.each(Object.keys(endings))('a group %s: joining again ends as it did the first time', async (ending) => {
    const group = new TaskGroup(new VirtualClock())
    endings[ending]?.(group)
    const first = observe(group.join())
    await settle()
    const second = observe(group.join())
    await settle()
    expect(endingOf(first), 'no task runs: join must end').not.toBe('waits')
    expect(endingOf(second), 'whoever joins second must hear what the first did').toBe(endingOf(first))
  })
})

describe('a task that was given up', () => {
  test('a task that was given up is named once, and not counted any more', async () => {
    const clock = new VirtualClock()
    let size: number | undefined
    const leave = async () => {
      await using group = new TaskGroup(clock, { graceMs: 200 })
      group.spawn('deaf', deaf)
      group.cancel('enough')
      await group.join().finally(() => {
        size = group.size
      })
    }
    const left = observe(leave())
    await clock.advance(200)
    expect(left.state, 'the grace period is over, and so is the group').toBe('failed')
    expect(endingOf(left), 'join names the deaf task; leaving the block must not do it again').toBe(
      'TaskGroupFailed: still running: deaf',
    )
    expect(size, 'the group no longer waits for the deaf task, and so its size must not count it').toBe(0)
  })

  test('a task that was given up may fail later, and nothing more comes of it', async () => {
    const clock = new VirtualClock()
    let [first, second]: Observed<void>[] = []
    const leave = async () => {
      await using group = new TaskGroup(clock, { graceMs: 200 })
      group.spawn('late', () => sleep(clock, 1_000).then(() => Promise.reject(new Error('nobody listens any more'))))
      group.cancel('enough')
      first = observe(group.join())
      await sleep(clock, 2_000)
      second = observe(group.join())
      await settle()
    }
    const left = observe(leave())
    await clock.advance(2_000)
    await settle()
    const report = 'TaskGroupFailed: still running: late'
    expect(first && endingOf(first), 'after 200 ms the task is given up, and named').toBe(report)
    expect(second && endingOf(second), 'the task failed after it was given up: that is not added to the report').toBe(
      report,
    )
    expect(outcome(left), 'the failure came too late to be reported, and leaving the block reports it').toBe('is done')
    expect(clock.pending, 'timers that are still set').toBe(0)
  })
})

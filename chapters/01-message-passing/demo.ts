/**
 * The demo of chapter 1: state behind a channel, backpressure, ten thousand
 * sleeping tasks, a failure in a group, a stop that loses nothing, and two
 * hosts on a network that loses messages.
 */
import { Channel } from '#message-passing/channel'
import { sleep } from '#message-passing/clock'
import { aborted } from '#message-passing/operation'
import { Random } from '#message-passing/random'
import { select } from '#message-passing/select'
import { TaskGroup } from '#message-passing/task-group'
import { type DemoStage, wholeNumber } from '../stage.ts'
import { playRung, rungNames } from './ladder/play.ts'

/** What the demo can be told on the command line, and what is so without. */
export const flags = {
  capacity: 'how many messages the channel of part 2 holds (8)',
  play: `plays one small distributed program instead: ${rungNames.join(', ')}`,
} as const

/** Plays the demo, part by part. */
export async function demo(stage: DemoStage): Promise<void> {
  if (stage.options.play !== undefined) return playRung(stage, String(stage.options.play))
  await boxOffice(stage)
  await backpressure(stage)
  await sleepers(stage)
  await failure(stage)
  await gracefulStop(stage)
  heading(stage, '6. Two hosts, and a network that loses one message in five')
  await playRung(stage, 'echo')
  stage.print('')
  stage.print('Try next: npm run chapter 1 -- --capacity 1000    messages get older, and nothing gets faster')
  stage.print('          npm run chapter 1 -- --seed 7           other speeds, other order, nothing lost')
  stage.print('          npm run chapter 1 -- --play broadcast   news among 25 hosts, with a budget')
  stage.print('          npm run check 1.1                       your turn')
}

function heading(stage: DemoStage, title: string): void {
  stage.print('')
  stage.print(title)
  stage.print('-'.repeat(title.length))
}

/** A variable that several tasks look at before they change it, and the same with one owner. */
async function boxOffice(stage: DemoStage): Promise<void> {
  heading(stage, '1. One seat, three customers')
  let seats = 1
  const bookShared = async (customer: string) => {
    if (seats === 0) return stage.print(`   shared variable  ${customer}: sold out`)
    await sleep(stage.clock, 200)
    seats -= 1
    stage.print(`   shared variable  ${customer}: booked, ${seats} left`)
  }
  await Promise.all(['Ada', 'Grace', 'Edsger'].map(bookShared))

  const requests = new Channel<string>(10)
  await using group = new TaskGroup(stage.clock)
  group.spawn('box office', async () => {
    let seatsOwned = 1
    for await (const customer of requests) {
      if (seatsOwned > 0) await sleep(stage.clock, 200)
      const answer = seatsOwned > 0 ? `booked, ${--seatsOwned} left` : 'sold out'
      stage.print(`   one owner        ${customer}: ${answer}`)
    }
  })
  for (const customer of ['Ada', 'Grace', 'Edsger']) await requests.send(customer)
  requests.close()
  await group.join()
}

/** Five producers that together are faster than the one consumer. */
async function backpressure(stage: DemoStage): Promise<void> {
  const capacity = wholeNumber(stage.options, 'capacity', 8)
  heading(stage, `2. Five producers, one consumer, a channel of ${capacity}`)
  const { clock } = stage
  const random = new Random(stage.seed)
  const inbox = new Channel<{ readonly text: string; readonly sentAtMs: number }>(capacity)
  let inLine = 0
  await using group = new TaskGroup(clock)
  await using producers = new TaskGroup(clock)
  for (let producer = 1; producer <= 5; producer++) {
    producers.spawn(`producer ${producer}`, async (signal) => {
      for (let n = 1; n <= 20; n++) {
        await sleep(clock, random.integer(20, 60), signal)
        inLine += 1
        await inbox.send({ text: `Message #${n} from producer ${producer}`, sentAtMs: clock.now() }, signal)
        inLine -= 1
      }
    })
  }
  group.spawn('consumer', async () => {
    let received = 0
    for await (const { text, sentAtMs } of inbox) {
      await sleep(clock, 30)
      received += 1
      if (received % 20 > 0) continue
      const buffer =
        inbox.size <= 20 ? '#'.repeat(inbox.size).padEnd(Math.min(capacity, 20), '.') : `${inbox.size} messages`
      const ageMs = String(Math.round(clock.now() - sentAtMs)).padStart(4)
      stage.print(`   [${buffer}] ${inLine} in line  ${ageMs} ms old  ${text}`)
    }
    stage.print(`   received ${received} of 100`)
  })
  await producers.join()
  inbox.close()
  await group.join()
}

/** S1: waiting costs a timer and a promise, and no thread. */
async function sleepers(stage: DemoStage): Promise<void> {
  heading(stage, '3. Ten thousand tasks that sleep two seconds')
  const startMs = stage.clock.now()
  let awake = 0
  await using group = new TaskGroup(stage.clock)
  for (let task = 1; task <= 10_000; task++) {
    group.spawn(`sleeper ${task}`, async (signal) => {
      await sleep(stage.clock, 2_000, signal)
      awake += 1
    })
  }
  stage.print(`   ${group.size} asleep`)
  await group.join()
  stage.print(`   ${awake} awake, ${((stage.clock.now() - startMs) / 1_000).toFixed(1)} s later`)
}

/** The first failure cancels the rest of the group, and nothing runs on behind it. */
async function failure(stage: DemoStage): Promise<void> {
  heading(stage, '4. One of three fetches fails')
  const { clock } = stage
  const fetchPage = (page: string, delayMs: number, broken: boolean) => async (signal: AbortSignal) => {
    try {
      await sleep(clock, delayMs, signal)
    } catch (error) {
      stage.print(`   ${page}: cancelled ${sinceStart()}`)
      throw error
    }
    if (broken) throw new Error('connection reset')
    stage.print(`   ${page}: done ${sinceStart()}`)
  }
  const startMs = clock.now()
  const sinceStart = () => `after ${Math.round(clock.now() - startMs)} ms`
  try {
    await using group = new TaskGroup(clock)
    group.spawn('prices', fetchPage('prices', 100, false))
    group.spawn('stock', fetchPage('stock', 300, true))
    group.spawn('reviews', fetchPage('reviews', 5_000, false))
    await group.join()
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    stage.print(`   reported ${sinceStart()}: ${told}`)
  }
}

/** S4: every worker hears the stop, finishes what it has in hand, and no accepted job is lost. */
async function gracefulStop(stage: DemoStage): Promise<void> {
  heading(stage, '5. A stop that loses nothing')
  const { clock } = stage
  const random = new Random(stage.seed + 1)
  const jobs = new Channel<number>(4)
  const stop = new AbortController()
  let accepted = 0
  let done = 0
  await using group = new TaskGroup(clock, { deadlineMs: 10_000 })
  group.spawn('intake', async () => {
    for (let job = 1; ; job++) {
      await sleep(clock, 15)
      const first = await select({ stop: aborted(stop.signal), sent: jobs.sending(job) })
      if (first.name === 'stop') break
      accepted += 1
    }
    stage.print(`   intake closed: ${accepted} jobs accepted, ${jobs.size} of them waiting`)
    jobs.close()
  })
  for (const worker of ['A', 'B', 'C']) {
    group.spawn(`worker ${worker}`, async () => {
      for await (const _ of jobs) {
        await sleep(clock, random.integer(40, 80))
        done += 1
      }
      stage.print(`   worker ${worker} stopped`)
    })
  }
  await sleep(clock, 1_000)
  stage.print('   stop!')
  stop.abort()
  await group.join()
  stage.print(`   ${done} of ${accepted} accepted jobs done`)
}

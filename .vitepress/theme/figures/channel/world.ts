/**
 * The tasks behind the channel figure: producers that make messages and send
 * them, consumers that receive them and work on them. Each waits on the clock
 * and in the channel, and notes what it saw.
 */
import { Channel, ChannelClosed, CLOSED } from '#message-passing/channel'
import { type Clock, sleep } from '#message-passing/clock'
import { type Action, type Fact, type GivenUp, producerName, type Setup, TASKS_MAX } from './facts.ts'
import { brokenRule } from './rules.ts'
import { unevenness } from './unevenness.ts'

interface Message {
  readonly id: number
}

/** A producer or a consumer. `wait` ends what it waits for at present. */
interface Task {
  readonly index: number
  present: boolean
  turns: number
  inChannel: boolean
  wait: AbortController
}

export class World {
  readonly #clock: Clock
  readonly #seed: number
  readonly #channel: Channel<Message>
  readonly #producers: Task[] = []
  readonly #consumers: Task[] = []
  readonly #made: number[] = new Array(TASKS_MAX).fill(0)
  #facts: Fact[] = []
  #produceMs: number
  #consumeMs: number
  #sends = 0
  #underway = 0
  #lastReceivedId = 0
  #problem: string | undefined

  constructor(setup: Setup, clock: Clock) {
    this.#clock = clock
    this.#seed = setup.seed
    this.#channel = new Channel(setup.capacity)
    this.#produceMs = setup.produceMs
    this.#consumeMs = setup.consumeMs
    this.apply({ kind: 'consumers', count: setup.consumers })
    this.apply({ kind: 'producers', count: setup.producers })
  }

  apply(action: Action): void {
    switch (action.kind) {
      case 'producers':
        return this.#staff(this.#producers, action.count, (task) => this.#produce(task))
      case 'consumers':
        return this.#staff(this.#consumers, action.count, (task) => this.#consume(task))
      case 'produce':
        this.#produceMs = action.everyMs
        return this.#interrupt(this.#producers)
      case 'consume':
        this.#consumeMs = action.everyMs
        return this.#interrupt(this.#consumers)
      case 'close':
        return this.#close()
      case 'cancel-send':
        return cancelWait(this.#producers[action.producer])
      case 'cancel-receive':
        return cancelWait(this.#consumers[action.consumer])
    }
  }

  takeFacts(): readonly Fact[] {
    const facts = this.#facts
    this.#facts = []
    return facts
  }

  /** What went wrong, in words. To be asked when every promise has settled. */
  problem(): string | undefined {
    if (this.#problem !== undefined) return this.#problem
    const rule = brokenRule({
      capacity: this.#channel.capacity,
      size: this.#channel.size,
      closed: this.#channel.closed,
      underway: this.#underway,
      sendersWaiting: this.#producers.filter((task) => task.inChannel).length,
      receiversWaiting: this.#consumers.filter((task) => task.inChannel).length,
    })
    return rule === undefined ? undefined : `A promise of the channel is broken: ${rule}.`
  }

  /** Ends every task, so that nothing of this world stays behind. */
  end(): void {
    for (const task of [...this.#producers, ...this.#consumers]) dismiss(task)
  }

  #staff(tasks: Task[], count: number, live: (task: Task) => Promise<void>): void {
    while (tasks.length > count) {
      const leaving = tasks.pop()
      if (leaving !== undefined) dismiss(leaving)
    }
    while (tasks.length < count) {
      const task = { index: tasks.length, present: true, turns: 0, inChannel: false, wait: new AbortController() }
      tasks.push(task)
      live(task).catch((error: unknown) => {
        this.#problem ??= sentenceOf(error)
      })
    }
  }

  /** Makes tasks at work look at the new pace. */
  #interrupt(tasks: readonly Task[]): void {
    for (const task of tasks) if (!task.inChannel) task.wait.abort()
  }

  #close(): void {
    if (this.#channel.closed) return
    this.#facts.push({ what: 'closed', atMs: this.#clock.now() })
    try {
      this.#channel.close()
    } catch (error) {
      this.#problem ??= sentenceOf(error)
    }
  }

  async #produce(task: Task): Promise<void> {
    const producer = task.index
    for (let open = true; open && task.present; ) {
      await this.#spend(task, () => this.#produceMs, 'making')
      if (task.present) open = await this.#send(task)
    }
    this.#facts.push({ what: 'producer-left', atMs: this.#clock.now(), producer, sentAway: !task.present })
  }

  /** Sends one message. Answers whether another may follow. */
  async #send(task: Task): Promise<boolean> {
    const producer = task.index
    const id = ++this.#sends
    this.#made[producer] = (this.#made[producer] ?? 0) + 1
    const label = `${producerName(producer)}${this.#made[producer]}`
    this.#facts.push({ what: 'sending', atMs: this.#clock.now(), producer, id, label })
    try {
      await this.#inChannel(task, (signal) => this.#channel.send({ id }, signal))
    } catch (error) {
      const why = this.#whyGivenUp(task, error)
      this.#facts.push({ what: 'unsent', atMs: this.#clock.now(), producer, id, why })
      return why === 'cancelled'
    }
    this.#underway++
    this.#facts.push({ what: 'sent', atMs: this.#clock.now(), producer, id })
    return true
  }

  async #consume(task: Task): Promise<void> {
    const consumer = task.index
    for (let open = true; open && task.present; ) {
      open = await this.#receive(task)
      if (open && task.present) await this.#spend(task, () => this.#consumeMs, 'working')
    }
    this.#facts.push({ what: 'consumer-left', atMs: this.#clock.now(), consumer, sentAway: !task.present })
  }

  /** Receives one message. Answers whether another may follow. */
  async #receive(task: Task): Promise<boolean> {
    const consumer = task.index
    this.#facts.push({ what: 'receiving', atMs: this.#clock.now(), consumer })
    let received: Message | typeof CLOSED
    try {
      received = await this.#inChannel(task, (signal) => this.#channel.receive(signal))
    } catch (error) {
      const why = this.#whyGivenUp(task, error)
      this.#facts.push({ what: 'empty-handed', atMs: this.#clock.now(), consumer, why })
      return why === 'cancelled'
    }
    if (received === CLOSED) {
      this.#facts.push({ what: 'empty-handed', atMs: this.#clock.now(), consumer, why: 'closed' })
      return false
    }
    this.#accept(received, consumer)
    return true
  }

  #accept(message: Message, consumer: number): void {
    if (!(message?.id > this.#lastReceivedId)) {
      throw new Error(
        `message number ${message?.id} was received after number ${this.#lastReceivedId}: first in, first out`,
      )
    }
    this.#lastReceivedId = message.id
    this.#underway--
    this.#facts.push({ what: 'received', atMs: this.#clock.now(), consumer, id: message.id })
  }

  async #inChannel<T>(task: Task, wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
    task.wait = new AbortController()
    task.inChannel = true
    try {
      return await wait(task.wait.signal)
    } finally {
      task.inChannel = false
    }
  }

  #whyGivenUp(task: Task, error: unknown): GivenUp {
    if (task.wait.signal.aborted && error === task.wait.signal.reason) return 'cancelled'
    if (error instanceof ChannelClosed) return 'closed'
    throw error
  }

  /** Lets a task work. A new pace counts from the moment at which the work began. */
  async #spend(task: Task, paceMs: () => number, what: 'making' | 'working'): Promise<void> {
    const share = unevenness(this.#seed, what === 'making' ? task.index : task.index + TASKS_MAX, ++task.turns)
    const beganMs = this.#clock.now()
    while (task.present) {
      const untilMs = beganMs + Math.round(paceMs() * share)
      this.#facts.push(
        what === 'making'
          ? { what, atMs: this.#clock.now(), producer: task.index, untilMs }
          : { what, atMs: this.#clock.now(), consumer: task.index, untilMs },
      )
      if (untilMs <= this.#clock.now()) return
      task.wait = new AbortController()
      const { signal } = task.wait
      const slept = await sleep(this.#clock, untilMs - this.#clock.now(), signal).then(
        () => true,
        () => false,
      )
      if (slept) return
    }
  }
}

function cancelWait(task: Task | undefined): void {
  if (task?.inChannel) task.wait.abort()
}

function dismiss(task: Task): void {
  task.present = false
  task.wait.abort()
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : `Something that is not an Error was thrown: ${String(error)}`
}

/**
 * Measuring fairly on a machine that isn't quiet: every case runs in a process
 * of its own, all cases once a round, each round in another order. What counts
 * is the median over the rounds, and the ratio of two medians; the smallest and
 * the largest ratio of a single round say how far to trust it.
 */

/** One thing to measure. */
export interface Case {
  /** Unique in its table. With a version, for what is not ours. */
  readonly name: string
  /** Does the work once and answers how much it was a second, in the table's unit; or why it can't run here. */
  measure(): Promise<number | Skipped>
}

export interface Skipped {
  readonly skipped: string
}

/** Cases that are compared. The first one is the one that the others are compared with. */
export interface Table {
  readonly title: string
  /** How to read the figures, where that isn't plain. */
  readonly note?: string
  readonly unit: string
  readonly cases: readonly Case[]
  /** How many digits the figures are printed with, behind the point. */
  readonly digits: number
  /** What has to be so. */
  readonly bars: readonly Bar[]
}

/** `ours` is at least (or `at most`) so many times the best of `peers`; without peers, so many of the table's units. */
export interface Bar {
  readonly ours: string
  readonly peers: readonly string[]
  readonly atLeast?: number
  readonly atMost?: number
}

/** The figures of one case, one a round. */
export type Rounds = ReadonlyMap<Case, readonly number[]>

export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

export interface Ratio {
  readonly ofMedians: number
  readonly smallest: number
  readonly largest: number
}

/** How many times `peers` `ours` is; both measured in the same rounds. */
export function ratio(ours: readonly number[], peers: readonly number[]): Ratio {
  const each = ours.map((figure, round) => figure / (peers[round] ?? Number.NaN))
  return { ofMedians: median(ours) / median(peers), smallest: Math.min(...each), largest: Math.max(...each) }
}

/** A copy in random order. A bench is the one place where chance needs no seed: it must not favour anybody. */
export function shuffled<T>(items: readonly T[]): T[] {
  const keyed = items.map((item) => ({ item, key: Math.random() }))
  return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item)
}

/**
 * How many millions of `count` a second `work` does, after a warm-up with a
 * quarter of it. For work on this thread alone the seconds are those that the
 * processor spent on it: what other programs do meanwhile is left out, and what
 * Node does on helper threads, such as collecting garbage, counts.
 */
export async function millionsPerSecond(count: number, work: Work): Promise<number> {
  await verified(count / 4, work)
  const start = process.cpuUsage()
  await verified(count, work)
  return count / cpuMicros(start)
}

/** The same by the clock on the wall, for work that is spread over several threads. Needs a quiet machine. */
export async function millionsPerWallSecond(count: number, work: Work): Promise<number> {
  await verified(count / 4, work)
  const startMs = performance.now()
  await verified(count, work)
  return count / (performance.now() - startMs) / 1_000
}

/** Microseconds of processor time since `start`. */
export function cpuMicros(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** Sends and receives the messages 0 to count - 1, and answers the sum of those that it received. */
type Work = (count: number) => Promise<number>

async function verified(count: number, work: Work): Promise<void> {
  const sum = await work(count)
  const expected = (count * (count - 1)) / 2
  if (sum !== expected) throw new Error(`the messages received add up to ${sum}, not to ${expected}: some were lost`)
}

/** The messages of one of several producers: from `first` up to, but not including, `end`. */
export interface Share {
  readonly first: number
  readonly end: number
}

/** Divides the messages 0 to count - 1 among producers. */
export function shares(count: number, producers: number): readonly Share[] {
  const size = count / producers
  return Array.from({ length: producers }, (_, index) => ({ first: index * size, end: (index + 1) * size }))
}

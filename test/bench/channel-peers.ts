/** What else a program would pass messages with: two packages, and what Node brings along. */
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { TransformStream, type WritableStreamDefaultWriter } from 'node:stream/web'
import { type Channel as CspChannel, channel as cspChannel } from '@thi.ng/csp'
import { Channel as QueueableChannel } from 'queueable'
import { CAPACITY } from './channels.ts'
import { type Case, millionsPerSecond, type Share, shares } from './measure.ts'
import { versionOf } from './versions.ts'

export const CSP = `@thi.ng/csp ${versionOf('@thi.ng/csp')}: await write, await read`
export const PASS_THROUGH = 'PassThrough, object mode: write, await drain; for await'
export const WEB_STREAM = 'TransformStream: await write, await read'

export function channelPeers(producers: number): readonly Case[] {
  const cspTried = `@thi.ng/csp ${versionOf('@thi.ng/csp')}: offer and poll, await when they fail`
  const queueable = `queueable ${versionOf('queueable')}: push, each 512th awaited (unbounded)`
  return [
    { name: CSP, measure: () => millionsPerSecond(1_000_000, (count) => csp(count, producers, write, read)) },
    { name: cspTried, measure: () => millionsPerSecond(1_000_000, (count) => csp(count, producers, offer, poll)) },
    { name: queueable, measure: () => millionsPerSecond(1_000_000, (count) => throughQueueable(count, producers)) },
    { name: PASS_THROUGH, measure: () => millionsPerSecond(1_000_000, (count) => throughStream(count, producers)) },
    { name: WEB_STREAM, measure: () => millionsPerSecond(200_000, (count) => throughWebStream(count, producers)) },
    {
      name: 'MessagePort, same thread: postMessage (unbounded)',
      measure: () => millionsPerSecond(500_000, throughPort),
    },
  ]
}

async function csp(
  count: number,
  producers: number,
  produce: (channel: CspChannel<number>, share: Share) => Promise<void>,
  consume: (channel: CspChannel<number>) => Promise<number>,
): Promise<number> {
  const channel = cspChannel<number>(CAPACITY)
  const produced = Promise.all(shares(count, producers).map((share) => produce(channel, share)))
  const consumed = consume(channel)
  await produced
  channel.close()
  return consumed
}

async function write(channel: CspChannel<number>, { first, end }: Share): Promise<void> {
  for (let n = first; n < end; n++) await channel.write(n)
}

async function read(channel: CspChannel<number>): Promise<number> {
  let sum = 0
  for (let n = await channel.read(); n !== undefined; n = await channel.read()) sum += n
  return sum
}

async function offer(channel: CspChannel<number>, { first, end }: Share): Promise<void> {
  for (let n = first; n < end; n++) {
    if (!channel.offer(n)) await channel.write(n)
  }
}

async function poll(channel: CspChannel<number>): Promise<number> {
  let sum = 0
  for (;;) {
    const n = channel.poll() ?? (await channel.read())
    if (n === undefined) return sum
    sum += n
  }
}

async function throughQueueable(count: number, producers: number): Promise<number> {
  const channel = new QueueableChannel<number>()
  const produced = Promise.all(shares(count, producers).map((share) => pushAll(channel, share)))
  let sum = 0
  for (let received = 0; received < count; received++) sum += (await channel.next()).value
  await produced
  return sum
}

async function pushAll(channel: QueueableChannel<number>, { first, end }: Share): Promise<void> {
  for (let n = first; n < end; n++) {
    const pushed = channel.push(n)
    if (n % 512 === 0) await pushed
  }
}

async function throughStream(count: number, producers: number): Promise<number> {
  const stream = new PassThrough({ objectMode: true, highWaterMark: CAPACITY })
  const written = Promise.all(shares(count, producers).map((share) => writeAll(stream, share)))
  void written.then(() => stream.end())
  let sum = 0
  for await (const n of stream) sum += n
  return sum
}

async function writeAll(stream: PassThrough, { first, end }: Share): Promise<void> {
  for (let n = first; n < end; n++) {
    if (!stream.write(n)) await once(stream, 'drain')
  }
}

async function throughWebStream(count: number, producers: number): Promise<number> {
  const { readable, writable } = new TransformStream<number, number>({}, { highWaterMark: CAPACITY })
  const writer = writable.getWriter()
  const written = Promise.all(shares(count, producers).map((share) => writeEach(writer, share)))
  void written.then(() => writer.close())
  const reader = readable.getReader()
  let sum = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) sum += read.value
  return sum
}

async function writeEach(writer: WritableStreamDefaultWriter<number>, { first, end }: Share): Promise<void> {
  for (let n = first; n < end; n++) await writer.write(n)
}

function throughPort(count: number): Promise<number> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    let sum = 0
    let received = 0
    port2.onmessage = ({ data: n }: MessageEvent<number>) => {
      sum += n
      if (++received < count) return
      port2.close()
      resolve(sum)
    }
    for (let n = 0; n < count; n++) port1.postMessage(n)
  })
}

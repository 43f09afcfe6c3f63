/**
 * Our channel, in the three ways in which it is used. Loops are declared
 * functions: a function that is made at run time costs more under `tsx`.
 */
import { Channel, CLOSED, EMPTY } from '#message-passing/channel'
import { type Case, millionsPerSecond, type Share, shares } from './measure.ts'

export const CAPACITY = 1_024

export const AWAITED = 'Channel: await send, await receive'
export const ITERATED = 'Channel: await send, for await'
export const TRIED = 'Channel: trySend and tryReceive, await when they fail'

export function channelCases(producers: number): readonly Case[] {
  return [
    { name: AWAITED, measure: () => millionsPerSecond(2_000_000, (count) => through(count, producers, send, receive)) },
    {
      name: ITERATED,
      measure: () => millionsPerSecond(2_000_000, (count) => through(count, producers, send, iterate)),
    },
    { name: TRIED, measure: () => millionsPerSecond(20_000_000, (count) => through(count, producers, push, pull)) },
  ]
}

async function through(
  count: number,
  producers: number,
  produce: (channel: Channel<number>, share: Share) => Promise<void>,
  consume: (channel: Channel<number>) => Promise<number>,
): Promise<number> {
  const channel = new Channel<number>(CAPACITY)
  const produced = Promise.all(shares(count, producers).map((share) => produce(channel, share)))
  const consumed = consume(channel)
  await produced
  channel.close()
  return consumed
}

async function send(channel: Channel<number>, { first, end }: Share): Promise<void> {
  for (let n = first; n < end; n++) await channel.send(n)
}

async function receive(channel: Channel<number>): Promise<number> {
  let sum = 0
  for (let n = await channel.receive(); n !== CLOSED; n = await channel.receive()) sum += n
  return sum
}

async function iterate(channel: Channel<number>): Promise<number> {
  let sum = 0
  for await (const n of channel) sum += n
  return sum
}

async function push(channel: Channel<number>, { first, end }: Share): Promise<void> {
  for (let n = first; n < end; n++) {
    if (!channel.trySend(n)) await channel.send(n)
  }
}

async function pull(channel: Channel<number>): Promise<number> {
  let sum = 0
  for (;;) {
    let n = channel.tryReceive()
    if (n === EMPTY) n = await channel.receive()
    if (n === CLOSED) return sum
    sum += n
  }
}

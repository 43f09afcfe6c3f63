/**
 * The picture at one moment: a pure function of a history, a time and a layout.
 * In the run a message changes hands in no time at all; to the eye it travels,
 * for `travelMs` after the fact.
 */
import { consumerName, producerName } from './facts.ts'
import type { ConsumerState, History, Message, MessagePlace, ProducerState } from './history.ts'
import type { Layout, Point } from './layout.ts'
import { TASK_RADIUS } from './layout.ts'
import type { Track } from './track.ts'

/** How long a message is seen on its way, and a lost one seen falling. */
export const TRAVEL_MS = 320
const FADE_MS = 700

export interface DrawnTask extends Point {
  readonly index: number
  readonly name: string
  readonly is: 'making' | 'working' | 'waiting' | 'stopped'
  /** How much of its work is done, from 0 to 1. */
  readonly progress: number
  /** The message that a producer waits with. */
  readonly label?: string | undefined
}

export interface DrawnMessage extends Point {
  readonly id: number
  readonly label: string
  readonly producer: number
  readonly opacity: number
  readonly lost: boolean
  /** Stands in the line of senders. */
  readonly waits: boolean
}

/** A waiting receiver's empty place in line. */
export interface DrawnReceiver extends Point {
  readonly consumer: number
  readonly name: string
}

export interface Picture {
  readonly producers: readonly DrawnTask[]
  readonly consumers: readonly DrawnTask[]
  readonly messages: readonly DrawnMessage[]
  readonly receivers: readonly DrawnReceiver[]
}

interface Scene {
  readonly layout: Layout
  readonly nowMs: number
  readonly travelMs: number
  readonly producers: number
  readonly consumers: number
}

export function pictureAt(history: History, nowMs: number, layout: Layout, travelMs = TRAVEL_MS): Picture {
  const present = (tracks: readonly Track<ProducerState | ConsumerState>[]) =>
    tracks.filter((track) => track.at(nowMs).is !== 'absent').length
  const producers = present(history.producers)
  const consumers = present(history.consumers)
  const scene: Scene = { layout, nowMs, travelMs, producers, consumers }
  const messages = history.messages.flatMap((message) => drawMessage(message, scene))
  return {
    producers: history.producers.flatMap((track, index) => {
      const label = messages.find((message) => message.waits && message.producer === index)?.label
      return drawTask(track, index, producerName(index), layout.producer(index, producers), nowMs, label)
    }),
    consumers: history.consumers.flatMap((track, index) =>
      drawTask(track, index, consumerName(index), layout.consumer(index, consumers), nowMs, undefined),
    ),
    messages,
    receivers: history.consumers.flatMap((track, consumer) => drawReceiver(track, consumer, scene)),
  }
}

function drawTask(
  track: Track<ProducerState> | Track<ConsumerState>,
  index: number,
  name: string,
  point: Point,
  nowMs: number,
  label: string | undefined,
): DrawnTask[] {
  const state = track.at(nowMs)
  if (state.is === 'absent') return []
  const busy = state.is === 'making' || state.is === 'working'
  const progress = busy ? Math.min(1, (nowMs - state.fromMs) / (state.untilMs - state.fromMs)) : 0
  return [{ ...point, index, name, is: state.is, progress, label }]
}

function drawMessage(message: Message, scene: Scene): DrawnMessage[] {
  const { id, label, producer, track, bornMs } = message
  const { nowMs, travelMs } = scene
  if (nowMs < bornMs) return []
  const { value: place, atMs } = track.change(track.indexAt(nowMs))
  const common = { id, label, producer, waits: place.at === 'line' }
  if (place.at !== 'gone') return [{ ...common, ...pointAt(track, nowMs, scene), opacity: 1, lost: false }]
  const lost = place.why !== 'consumed'
  const fade = (nowMs - atMs) / (lost ? FADE_MS : travelMs)
  if (!(fade < 1)) return []
  const last = pointAt(track, nowMs, scene)
  return [{ ...common, x: last.x, y: last.y + (lost ? 46 * fade * fade : 0), opacity: 1 - fade, lost }]
}

/** Where a message is seen: under way from where it was seen before to where it is. */
function pointAt(track: Track<MessagePlace>, nowMs: number, scene: Scene): Point {
  let index = track.indexAt(nowMs)
  while (index > 1 && track.change(index).value.at === 'gone') index--
  return travelled(track, index, nowMs, scene)
}

function travelled(track: Track<MessagePlace>, index: number, nowMs: number, scene: Scene): Point {
  const { atMs, value } = track.change(index)
  const there = pointOf(value, scene)
  const share = (nowMs - atMs) / scene.travelMs
  if (index === 0 || !(share < 1)) return there
  return between(travelled(track, index - 1, atMs, scene), there, share * share * (3 - 2 * share))
}

function pointOf(place: MessagePlace, scene: Scene): Point {
  const { layout, producers, consumers } = scene
  switch (place.at) {
    case 'producer':
      return layout.producer(place.producer, producers)
    case 'line':
      return layout.sender(place.position)
    case 'buffer':
      return layout.slot(place.slot)
    case 'consumer':
      return layout.consumer(place.consumer, consumers)
    case 'gone':
      return { x: 0, y: 0 } // asked for the place before instead
  }
}

function drawReceiver(track: Track<ConsumerState>, consumer: number, scene: Scene): DrawnReceiver[] {
  const index = track.indexAt(scene.nowMs)
  const { atMs, value } = track.change(index)
  if (value.is !== 'waiting') return []
  const before = index > 0 ? track.change(index - 1).value : undefined
  const home = scene.layout.consumer(consumer, scene.consumers)
  const from = before?.is === 'waiting' ? scene.layout.receiver(before.position) : home
  const share = Math.min(1, (scene.nowMs - atMs) / scene.travelMs)
  const point = between(from, scene.layout.receiver(value.position), share * share * (3 - 2 * share))
  return [{ ...point, consumer, name: consumerName(consumer) }]
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

/** The arc of a ring that is `progress` full, clockwise from the top. */
export function arc({ x, y, progress }: DrawnTask): string {
  const angle = 2 * Math.PI * Math.min(progress, 0.9999)
  const endX = x + TASK_RADIUS * Math.sin(angle)
  const endY = y - TASK_RADIUS * Math.cos(angle)
  return `M${x} ${y - TASK_RADIUS}A${TASK_RADIUS} ${TASK_RADIUS} 0 ${angle > Math.PI ? 1 : 0} 1 ${endX} ${endY}`
}

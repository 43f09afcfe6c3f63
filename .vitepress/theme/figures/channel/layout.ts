/**
 * Where things stand, in the units of the drawing. Two arrangements of the same
 * parts: *wide* flows from left to right; *narrow*, for a phone, flows from the
 * top down, with the channel still lying on its side.
 */
import { count } from './rules.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A point at which a text starts, ends, or has its middle. */
export interface Anchored extends Point {
  readonly anchor: 'start' | 'middle' | 'end'
}

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

export type Arrangement = 'wide' | 'narrow'

export interface Layout {
  readonly width: number
  readonly height: number
  readonly box: Box
  producer(index: number, present: number): Point
  consumer(index: number, present: number): Point
  /** A place in the line of waiting senders; 0 is next. */
  sender(position: number): Point
  /** A place in the line of waiting receivers; 0 is next. */
  receiver(position: number): Point
  /** A place in the buffer; 0 holds the oldest message. */
  slot(index: number): Point
  /** How full the buffer is. */
  readonly label: Anchored
  /** How many wait. */
  readonly senderNote: Anchored
  readonly receiverNote: Anchored
  readonly producersTitle: Anchored
  readonly consumersTitle: Anchored
  /** A consumer's name, seen from its middle, while a message fills its ring. */
  readonly consumerName: Anchored
  readonly path: { enter(from: Point): string; leave(to: Point): string }
}

/** The radius of a task's ring, and of a message. */
export const TASK_RADIUS = 19
export const MESSAGE_RADIUS = 14

const PITCH = 32
const GATE_WIDTH = 12

function boxWidth(capacity: number): number {
  return capacity === 0 ? GATE_WIDTH : capacity * PITCH + 12
}

export function layoutOf(arrangement: Arrangement, capacity: number): Layout {
  return arrangement === 'wide' ? wide(capacity) : narrow(capacity)
}

function wide(capacity: number): Layout {
  const centre = { x: 360, y: 144 }
  const box = boxAround(centre, boxWidth(capacity), 52)
  const right = box.x + box.width
  const column = (x: number) => (index: number, present: number) => ({
    x,
    y: centre.y + (index - (present - 1) / 2) * 48,
  })
  return {
    width: 720,
    height: 272,
    box,
    producer: column(26),
    consumer: column(684),
    sender: (position) => ({ x: box.x - 24 - position * PITCH, y: centre.y }),
    receiver: (position) => ({ x: right + 24 + position * PITCH, y: centre.y }),
    slot: (index) => ({ x: right - 22 - index * PITCH, y: centre.y }),
    label: { x: centre.x, y: box.y - 12, anchor: 'middle' },
    senderNote: { x: box.x - 10, y: centre.y + 38, anchor: 'end' },
    receiverNote: { x: right + 10, y: centre.y + 38, anchor: 'start' },
    producersTitle: { x: 4, y: 14, anchor: 'start' },
    consumersTitle: { x: 716, y: 14, anchor: 'end' },
    consumerName: { x: TASK_RADIUS + 8, y: 0, anchor: 'start' },
    path: {
      enter: (from) => sideways({ x: from.x + TASK_RADIUS + 3, y: from.y }, { x: box.x, y: centre.y }),
      leave: (to) => sideways({ x: right, y: centre.y }, { x: to.x - TASK_RADIUS - 3, y: to.y }),
    },
  }
}

function narrow(capacity: number): Layout {
  const centre = { x: 190, y: 192 }
  const box = boxAround(centre, capacity === 0 ? 56 : boxWidth(capacity), capacity === 0 ? GATE_WIDTH : 52)
  const right = box.x + box.width
  const row = (y: number) => (index: number, present: number) => ({ x: 180 + (index - (present - 1) / 2) * 62, y })
  const above = box.y - 22
  const below = box.y + box.height + 22
  const first = capacity === 0 ? centre.x : box.x + 22
  const last = capacity === 0 ? centre.x : right - 22
  return {
    width: 360,
    height: 366,
    box,
    producer: row(46),
    consumer: row(326),
    sender: (position) => ({ x: first + position * PITCH, y: above }),
    receiver: (position) => ({ x: last - position * PITCH, y: below }),
    slot: (index) => ({ x: last - index * PITCH, y: centre.y }),
    label: { x: 2, y: centre.y, anchor: 'start' },
    senderNote: { x: 2, y: above - 26, anchor: 'start' },
    receiverNote: { x: 358, y: below + 34, anchor: 'end' },
    producersTitle: { x: 2, y: 14, anchor: 'start' },
    consumersTitle: { x: 2, y: 294, anchor: 'start' },
    consumerName: { x: 0, y: TASK_RADIUS + 14, anchor: 'middle' },
    path: {
      enter: (from) => upright({ x: from.x, y: from.y + TASK_RADIUS + 3 }, { x: first, y: box.y }),
      leave: (to) => upright({ x: last, y: box.y + box.height }, { x: to.x, y: to.y - TASK_RADIUS - 3 }),
    },
  }
}

function boxAround(centre: Point, width: number, height: number): Box {
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height }
}

function sideways(from: Point, to: Point): string {
  const middle = (from.x + to.x) / 2
  return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`
}

function upright(from: Point, to: Point): string {
  const middle = (from.y + to.y) / 2
  return `M${from.x} ${from.y}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`
}

export function waitingNote(number: number, noun: string): string {
  return number === 0 ? '' : `${count(number, noun)} ${number === 1 ? 'waits' : 'wait'}`
}

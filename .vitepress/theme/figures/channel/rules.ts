/**
 * The promises at the head of `#message-passing/channel`, as one pure check on
 * what can be seen from outside. With `npm start -- mine` the figure runs the
 * reader's channel, and a broken promise is told in words.
 */

/** The channel as its users see it, at a moment at which every promise has settled. */
export interface Observation {
  readonly capacity: number
  readonly size: number
  readonly closed: boolean
  /** Messages whose send completed, and that nobody has received yet. */
  readonly underway: number
  readonly sendersWaiting: number
  readonly receiversWaiting: number
}

/** Says which promise is broken, or nothing. */
export function brokenRule(seen: Observation): string | undefined {
  const { capacity, size, closed, underway, sendersWaiting, receiversWaiting } = seen
  if (size > capacity) return `the buffer holds ${size} messages, and its capacity is ${capacity}`
  if (size !== underway) {
    return `the channel says that it holds ${count(size, 'message')}, but ${underway} were sent and not received`
  }
  if (closed && sendersWaiting + receiversWaiting > 0) {
    return `the channel is closed, and still ${waits(sendersWaiting, receiversWaiting)}`
  }
  if (sendersWaiting > 0 && receiversWaiting > 0) {
    return `${waits(sendersWaiting, receiversWaiting)}: one of each could leave together`
  }
  if (sendersWaiting > 0 && size < capacity) {
    return `${waits(sendersWaiting, 0)} while the buffer holds only ${size} of ${capacity}`
  }
  if (receiversWaiting > 0 && size > 0)
    return `${waits(0, receiversWaiting)} while the buffer holds ${count(size, 'message')}`
  return undefined
}

function waits(senders: number, receivers: number): string {
  const who = [senders > 0 ? count(senders, 'sender') : '', receivers > 0 ? count(receivers, 'receiver') : '']
  return `${who.filter((some) => some !== '').join(' and ')} ${senders + receivers === 1 ? 'waits' : 'wait'}`
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

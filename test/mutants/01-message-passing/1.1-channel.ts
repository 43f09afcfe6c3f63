/** Mistakes that people make in the sends and receives of a channel, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/01-message-passing/channel.ts'

export const mutants: readonly Mutant[] = [
  {
    name: 'lets a send into a full buffer complete at once',
    file,
    find: `    this.#line.join(sender)
    return () => sender.leave()`,
    replace: `    this.#line.join(sender)
    void Promise.resolve().then(() => completion.complete())
    return () => sender.leave()`,
    caughtBy: 'a send into a full channel waits until a receive makes room',
    lists: ['CH1'],
  },
  {
    name: 'buffers a message although the buffer is full',
    file,
    find: 'if (this.#buffer.size >= this.capacity) return false',
    replace: '',
    caughtBy: 'a full channel refuses a message, and keeps what it has',
    lists: ['CH1'],
  },
  {
    name: 'buffers one message too many',
    file,
    find: 'if (this.#buffer.size >= this.capacity) return false',
    replace: 'if (this.#buffer.size > this.capacity) return false',
    caughtBy: 'a full channel refuses a message, and keeps what it has',
    lists: [],
  },
  {
    name: 'completes a rendezvous send before anybody has received',
    file,
    find: 'if (this.#buffer.size >= this.capacity) return false',
    replace: 'if (this.#buffer.size >= Math.max(1, this.capacity)) return false',
    caughtBy: 'with capacity 0 a send completes only when a receiver takes the message',
    lists: ['CH2'],
  },
  {
    name: 'lets the message of a waiting sender overtake those in the buffer',
    file,
    find: `      this.#buffer.add(sender.value) // over capacity for two lines: the oldest leaves next
      sender.completion.complete()`,
    replace: `      sender.completion.complete()
      return sender.value`,
    caughtBy: 'a send into a full channel waits until a receive makes room',
    lists: [],
  },
  {
    name: 'takes the message of a waiting sender and forgets to tell it',
    file,
    find: '      sender.completion.complete()\n',
    replace: '',
    caughtBy: 'with capacity 0 a send completes only when a receiver takes the message',
    lists: [],
  },
  {
    name: 'lets a newcomer take the place for which a sender waits',
    file,
    find: `    const sender = this.#senders.take()
    if (sender !== undefined) {`,
    replace: `    if (this.#buffer.size > 0) {
      const oldest = this.#buffer.take()
      void Promise.resolve().then(() => {
        const next = this.#buffer.size < this.capacity ? this.#senders.take() : undefined
        if (next !== undefined) {
          this.#buffer.add(next.value)
          next.completion.complete()
        }
      })
      return oldest
    }
    const sender = this.#senders.take()
    if (sender !== undefined) {`,
    caughtBy: 'the place that comes free goes to the sender that has waited longest',
    lists: [],
  },
  {
    name: 'buffers a message while a receiver waits for it',
    file,
    find: 'const receiver = this.#receivers.take()',
    replace: 'const receiver = this.capacity === 0 ? this.#receivers.take() : undefined',
    caughtBy: 'a receive from an empty channel waits until a message is sent',
    lists: [],
  },
  {
    name: 'hands a message to the receiver and keeps it in the buffer as well',
    file,
    find: `      receiver.completion.complete(value)
      return true`,
    replace: '      receiver.completion.complete(value)',
    caughtBy: 'a receive from an empty channel waits until a message is sent',
    lists: [],
  },
  {
    name: 'gives one message to every receiver that waits',
    file,
    find: 'receiver.completion.complete(value)',
    replace: `receiver.completion.complete(value)
      for (const other of this.#receivers.takeAll()) other.completion.complete(value)`,
    caughtBy: 'receivers are served in the order in which they began to wait',
    lists: [],
  },
  {
    name: 'serves the receiver that came last',
    file,
    find: 'const receiver = this.#receivers.take()',
    replace: `const waiting = [...this.#receivers.takeAll()]
    const receiver = waiting.pop()
    for (const other of waiting) this.#receivers.join(other)`,
    caughtBy: 'receivers are served in the order in which they began to wait',
    lists: [],
  },
  {
    name: 'mistakes a message that is undefined, null or 0 for none',
    file,
    find: 'if (this.#buffer.size > 0) return this.#buffer.take()',
    replace: `const oldest = this.#buffer.size > 0 && this.#buffer.take()
    if (oldest) return oldest`,
    caughtBy: 'any value can be a message, undefined and null too',
    lists: [],
  },
  {
    name: 'lets senders move up only when the buffer is empty',
    file,
    find: 'const sender = this.#senders.take()',
    replace: 'const sender = this.#buffer.size <= 1 ? this.#senders.take() : undefined',
    caughtBy: 'whatever is sent, received, aborted and closed',
    lists: [],
  },
  {
    name: 'takes nothing from a sender of a rendezvous',
    file,
    find: 'const sender = this.#senders.take()',
    replace: 'const sender = this.capacity === 0 ? undefined : this.#senders.take()',
    caughtBy: 'whatever is sent, received, aborted and closed',
    lists: ['CH2'],
  },
  {
    name: 'accepts NaN as a capacity, and then never has room',
    file,
    find: '!Number.isSafeInteger(capacity) || capacity < 0',
    replace: 'capacity < 0 || capacity === Infinity || capacity % 1 > 0',
    caughtBy: 'NaN is refused, and the error names it',
    lists: [],
  },
]

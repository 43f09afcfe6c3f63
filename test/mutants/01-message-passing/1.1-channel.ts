/** Mistakes that people make in a channel, and the check that notices each. */
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
    name: 'drops what is in the buffer when it is closed',
    file,
    find: 'for (const sender of this.#senders.takeAll()) sender.completion.fail(new ChannelClosed())',
    replace: `for (const sender of this.#senders.takeAll()) sender.completion.fail(new ChannelClosed())
    while (this.#buffer.size > 0) this.#buffer.take()`,
    caughtBy: 'a closed channel can still be drained',
    lists: ['CH4'],
  },
  {
    name: 'answers CLOSED as soon as it is closed, whatever is left in the buffer',
    file,
    find: 'if (this.#buffer.size > 0) return this.#buffer.take()',
    replace: 'if (this.#buffer.size > 0 && !this.#closed) return this.#buffer.take()',
    caughtBy: 'a closed channel can still be drained',
    lists: ['CH4'],
  },
  {
    name: 'does not wake the receivers that wait when it is closed',
    file,
    find: 'for (const receiver of this.#receivers.takeAll()) receiver.completion.complete(CLOSED)',
    replace: '',
    caughtBy: 'receivers that wait when the channel is closed get CLOSED',
    lists: ['CH5'],
  },
  {
    name: 'leaves the senders waiting when it is closed',
    file,
    find: 'for (const sender of this.#senders.takeAll()) sender.completion.fail(new ChannelClosed())',
    replace: '',
    caughtBy: 'senders that wait when the channel is closed fail, and their messages never arrive',
    lists: [],
  },
  {
    name: 'tells the senders that wait at the close that all went well',
    file,
    find: 'sender.completion.fail(new ChannelClosed())',
    replace: 'sender.completion.complete()',
    caughtBy: 'senders that wait when the channel is closed fail, and their messages never arrive',
    lists: [],
  },
  {
    name: 'lets a send into a closed channel succeed silently',
    file,
    find: 'if (this.#closed) throw new ChannelClosed()',
    replace: 'if (this.#closed) return true',
    caughtBy: 'a send into a closed channel fails',
    lists: ['CH7'],
  },
  {
    name: 'answers EMPTY for ever instead of CLOSED',
    file,
    find: 'return this.#closed ? CLOSED : EMPTY',
    replace: 'return EMPTY',
    caughtBy: 'a closed channel can still be drained, and answers CLOSED after its last message',
    lists: [],
  },
  {
    name: 'leaves an aborted receive in line, where it swallows the next message',
    file,
    find: 'return () => receiver.leave()',
    replace: 'return () => {}',
    caughtBy: 'a cancelled receive does not swallow the next message',
    lists: ['CH11'],
  },
  {
    name: 'leaves an aborted send in line, and sends it after all',
    file,
    find: 'return () => sender.leave()',
    replace: 'return () => {}',
    caughtBy: 'the message of a cancelled send never arrives, and those behind it move up',
    lists: [],
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
    name: 'closes the channel when a loop over it is left early',
    file,
    find: 'return { next: () => this.receive().then(iteratorResult) }',
    replace: `return {
      next: () => this.receive().then(iteratorResult),
      return: async () => {
        this.close()
        return { done: true, value: undefined }
      },
    }`,
    caughtBy: 'a loop that is left early leaves the channel open for others',
    lists: [],
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

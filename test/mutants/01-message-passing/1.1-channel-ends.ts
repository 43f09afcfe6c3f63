/** Mistakes that people make in closing a channel and in cancelling a wait, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const file = 'solutions/01-message-passing/channel.ts'

export const mutants: readonly Mutant[] = [
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
    name: 'answers a method that has lost its object, and so can’t take a receiver out of its line',
    file,
    find: 'return () => receiver.leave()',
    replace: 'return receiver.leave',
    caughtBy: 'the function that `wait` answers takes the waiter out of its line',
    lists: [],
  },
  {
    name: 'answers a method that has lost its object, and so can’t take a sender out of its line',
    file,
    find: 'return () => sender.leave()',
    replace: 'return sender.leave',
    caughtBy: 'the function that `wait` answers takes the waiter out of its line',
    lists: [],
  },
  {
    name: 'tells the receiver a moment later, and loses the message when it is aborted before that',
    file,
    find: 'receiver.completion.complete(value)',
    replace: 'queueMicrotask(() => receiver.completion.complete(value))',
    caughtBy: 'a receiver that was given a message has it: the abort comes too late',
    lists: [],
  },
  {
    name: 'tells the sender a moment later, when it may believe already that it was aborted',
    file,
    find: 'sender.completion.complete()',
    replace: 'queueMicrotask(() => sender.completion.complete())',
    caughtBy: 'a sender whose message was received hears so: the abort comes too late',
    lists: [],
  },
  {
    name: 'tells the senders of the close a moment later',
    file,
    find: 'sender.completion.fail(new ChannelClosed())',
    replace: 'queueMicrotask(() => sender.completion.fail(new ChannelClosed()))',
    caughtBy: 'a sender and a receiver that wait when the channel is closed hear of the close',
    lists: [],
  },
  {
    name: 'tells the receivers of the close a moment later',
    file,
    find: 'receiver.completion.complete(CLOSED)',
    replace: 'queueMicrotask(() => receiver.completion.complete(CLOSED))',
    caughtBy: 'a sender and a receiver that wait when the channel is closed hear of the close',
    lists: [],
  },
  {
    name: 'tells a sender of the close that an earlier one has withdrawn',
    file,
    find: 'this.#senders.takeAll())',
    replace: '[...this.#senders.takeAll()])',
    caughtBy: 'who is told of the close can withdraw another wait, and that one is never told',
    lists: [],
  },
  {
    name: 'tells a receiver of the close that an earlier one has withdrawn',
    file,
    find: 'this.#receivers.takeAll())',
    replace: '[...this.#receivers.takeAll()])',
    caughtBy: 'who is told of the close can withdraw another wait, and that one is never told',
    lists: [],
  },
  {
    name: 'is closed only when all have been told, and lets them join once more',
    file,
    find: `    this.#closed = true
    for (const sender of this.#senders.takeAll()) sender.completion.fail(new ChannelClosed())
    for (const receiver of this.#receivers.takeAll()) receiver.completion.complete(CLOSED)`,
    replace: `    for (const sender of this.#senders.takeAll()) sender.completion.fail(new ChannelClosed())
    for (const receiver of this.#receivers.takeAll()) receiver.completion.complete(CLOSED)
    this.#closed = true`,
    caughtBy: 'who is told of the close and tries again does not wait: the channel is closed already',
    lists: [],
  },
  {
    name: 'ends the wait of one receiver when it is closed, and forgets the others',
    file,
    find: 'receiver.completion.complete(CLOSED)',
    replace: `{
      receiver.completion.complete(CLOSED)
      break
    }`,
    caughtBy: 'whatever is sent, received, aborted and closed',
    lists: ['CH5'],
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
    caughtBy: 'a loop over the channel: leaves the channel open for others when it is left early',
    lists: [],
  },
]

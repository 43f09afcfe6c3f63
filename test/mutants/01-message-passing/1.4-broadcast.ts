/** Mistakes that people make in a broadcast, a oneshot and a watch, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const folder = 'solutions/01-message-passing'
const broadcast = `${folder}/broadcast.ts`
const oneshot = `${folder}/oneshot.ts`
const watch = `${folder}/watch.ts`

export const mutants: readonly Mutant[] = [
  {
    name: 'keeps the object of the publisher, who goes on to change it',
    file: broadcast,
    find: `= this.#copy(value)
`,
    replace: `= value
`,
    caughtBy: 'what the publisher changes afterwards, no subscriber sees',
    lists: ['CH13'],
  },
  {
    name: 'hands one object to all subscribers',
    file: broadcast,
    find: 'value: this.#copy(value)',
    replace: 'value',
    caughtBy: 'what one subscriber changes, no other sees',
    lists: ['CH13'],
  },
  {
    name: 'publishes without telling those who wait',
    file: broadcast,
    find: `this.#published++
    this.#changed.notifyAll()`,
    replace: 'this.#published++',
    caughtBy: 'all subscribers that wait are woken by one message',
    lists: [],
  },
  {
    name: 'tells subscribers a moment later, when they may have given up already',
    file: broadcast,
    find: `this.#published++
    this.#changed.notifyAll()`,
    replace: `this.#published++
    queueMicrotask(() => this.#changed.notifyAll())`,
    caughtBy: 'a subscriber of a broadcast: has a change that came before its receive was aborted, in the same turn',
    lists: [],
  },
  {
    name: 'does not wake the subscribers that wait when it is closed',
    file: broadcast,
    find: `this.#closed = true
    this.#changed.notifyAll()`,
    replace: 'this.#closed = true',
    caughtBy: 'subscribers that wait receive CLOSED',
    lists: ['CH5'],
  },
  {
    name: 'publishes into a closed broadcast',
    file: broadcast,
    find: 'if (this.#closed) throw new ChannelClosed()',
    replace: '',
    caughtBy: 'nothing can be published after the close',
    lists: ['CH7'],
  },
  {
    name: 'answers CLOSED while there are messages to drain',
    file: broadcast,
    find: 'if (next === this.#published) return this.#closed ? CLOSED : NOT_READY',
    replace: `if (this.#closed) return CLOSED
        if (next === this.#published) return NOT_READY`,
    caughtBy: 'subscribers drain what is kept, and then receive CLOSED',
    lists: ['CH4'],
  },
  {
    name: 'lets a new subscriber begin with what is kept',
    file: broadcast,
    find: 'let next = this.#published',
    replace: 'let next = Math.max(0, this.#published - this.capacity)',
    caughtBy: 'a subscriber receives what is published after it subscribed',
    lists: [],
  },
  {
    name: 'reads a place that has been written over',
    file: broadcast,
    find: 'const found = Math.max(next, oldest)',
    replace: 'const found = next',
    caughtBy: 'one that falls further behind misses the oldest',
    lists: [],
  },
  {
    name: 'gives up one message that is still there',
    file: broadcast,
    find: 'Math.max(0, this.#published - this.capacity)',
    replace: 'Math.max(0, this.#published - this.capacity + 1)',
    caughtBy: 'a subscriber can be `capacity` messages behind and miss none',
    lists: [],
  },
  {
    name: 'skips messages and does not say how many',
    file: broadcast,
    find: 'return delivery',
    replace: 'return { ...delivery, missed: 0 }',
    caughtBy: 'one that falls further behind misses the oldest, and is told how many',
    lists: [],
  },
  {
    name: 'counts a message before it is copied, and the copy fails',
    file: broadcast,
    find: `this.#ring[this.#published % this.capacity] = this.#copy(value)
    this.#published++`,
    replace: 'this.#ring[this.#published++ % this.capacity] = this.#copy(value)',
    caughtBy: 'a message that can not be copied is not published',
    lists: [],
  },
  {
    name: 'moves the cursor by one, however many were missed',
    file: broadcast,
    find: 'next += delivery.missed + 1',
    replace: 'next += 1',
    caughtBy: 'what was missed is counted once, and anew each time',
    lists: [],
  },
  {
    name: 'moves the cursor of a receive that finds nothing and waits',
    file: broadcast,
    find: 'if (next === this.#published) return this.#closed ? CLOSED : NOT_READY',
    replace: `if (next >= this.#published) {
          next = this.#published + 1
          return this.#closed ? CLOSED : NOT_READY
        }`,
    caughtBy: 'a subscriber receives what is published after it subscribed',
    lists: [],
  },
  {
    name: 'accepts a capacity of 0',
    file: broadcast,
    find: 'capacity < 1',
    replace: 'capacity < 0',
    caughtBy: '0 is refused, and the error names it',
    lists: [],
  },
  {
    name: 'lets a second message through',
    file: oneshot,
    find: `this.#channel.trySend(value)
    this.#channel.close()`,
    replace: 'this.#channel.trySend(value)',
    caughtBy: 'there is no second one',
    lists: [],
  },
  {
    name: 'takes a second message without a word, and drops it',
    file: oneshot,
    find: `this.#channel.trySend(value)
    this.#channel.close()`,
    replace: `if (this.#channel.closed) return
    this.#channel.trySend(value)
    this.#channel.close()`,
    caughtBy: 'there is no second one',
    lists: ['CH7'],
  },
  {
    name: 'closes a moment after the message, and a second one slips in between',
    file: oneshot,
    find: `this.#channel.trySend(value)
    this.#channel.close()`,
    replace: `this.#channel.trySend(value)
    queueMicrotask(() => this.#channel.close())`,
    caughtBy: 'whatever is sent, received, aborted and closed: the first message sent before the close arrives, once',
    lists: [],
  },
  {
    name: 'leaves the asker waiting when it is closed without a reply',
    file: oneshot,
    find: `close(): void {
    this.#channel.close()`,
    replace: 'close(): void {',
    caughtBy: 'who waits gets CLOSED',
    lists: ['CH5'],
  },
  {
    name: 'compares values, and does not notice one that came back',
    file: watch,
    find: `let seen = -1
    return new Receiver(
      this.#changed.until(() => {
        if (seen === this.#version) return this.#closed ? CLOSED : NOT_READY
        seen = this.#version
`,
    replace: `let seen: unknown = this
    return new Receiver(
      this.#changed.until(() => {
        if (seen === this.#value) return this.#closed ? CLOSED : NOT_READY
        seen = this.#value
`,
    caughtBy: 'a value that is set again is a change',
    lists: [],
  },
  {
    name: 'says nothing of a value that is equal to the one before',
    file: watch,
    find: `this.#value = value
    this.#version++`,
    replace: `if (Object.is(value, this.#value)) return
    this.#value = value
    this.#version++`,
    caughtBy: 'a value that is equal to the one before is a change too',
    lists: [],
  },
  {
    name: 'changes the value without telling those who wait',
    file: watch,
    find: `this.#version++
    this.#changed.notifyAll()`,
    replace: 'this.#version++',
    caughtBy: 'every watcher that waits is told',
    lists: [],
  },
  {
    name: 'tells watchers a moment later, when the value may have changed again',
    file: watch,
    find: `this.#version++
    this.#changed.notifyAll()`,
    replace: `this.#version++
    queueMicrotask(() => this.#changed.notifyAll())`,
    caughtBy: 'whatever is set, received and aborted: a watcher receives the latest value once',
    lists: [],
  },
  {
    name: 'shows a new watcher nothing before the next change',
    file: watch,
    find: 'let seen = -1',
    replace: 'let seen = this.#version',
    caughtBy: 'a new watcher receives the present one at once',
    lists: [],
  },
  {
    name: 'shows a slow watcher the latest value once for each change',
    file: watch,
    find: `seen = this.#version
`,
    replace: `seen++
`,
    caughtBy: 'a slow watcher skips what was overwritten',
    lists: [],
  },
  {
    name: 'answers CLOSED before the last value was seen',
    file: watch,
    find: 'if (seen === this.#version) return this.#closed ? CLOSED : NOT_READY',
    replace: `if (this.#closed) return CLOSED
        if (seen === this.#version) return NOT_READY`,
    caughtBy: 'a watcher receives the last value, if it has not seen it, and then CLOSED',
    lists: ['CH4'],
  },
  {
    name: 'does not wake the watchers that wait when it is closed',
    file: watch,
    find: `this.#closed = true
    this.#changed.notifyAll()`,
    replace: 'this.#closed = true',
    caughtBy: 'watchers that wait receive CLOSED',
    lists: ['CH5'],
  },
  {
    name: 'sets the value of a closed watch',
    file: watch,
    find: `if (this.#closed) throw new ChannelClosed()
`,
    replace: '',
    caughtBy: 'nothing can be set any more, and the value stays',
    lists: ['CH7'],
  },
  {
    name: 'changes the value first, and then finds the watch closed',
    file: watch,
    find: `if (this.#closed) throw new ChannelClosed()
    this.#value = value`,
    replace: `this.#value = value
    if (this.#closed) throw new ChannelClosed()`,
    caughtBy: 'nothing can be set any more, and the value stays',
    lists: [],
  },
]

/** Mistakes that people make in distributions and in links, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const folder = 'solutions/01-message-passing'
const distributions = `${folder}/distributions.ts`
const link = `${folder}/link.ts`

export const mutants: readonly Mutant[] = [
  {
    name: 'takes the logarithm of 0 once in four billion draws',
    file: distributions,
    find: '-mean * ln(1 - random.uniform())',
    replace: '-mean * ln(random.uniform())',
    caughtBy: 'gives a finite number that can be',
    lists: [],
  },
  {
    name: 'takes a mean for a rate',
    file: distributions,
    find: '-mean * ln(1 - random.uniform())',
    replace: '-ln(1 - random.uniform()) / mean',
    caughtBy: 'is spread as its distribution function says',
    lists: [],
  },
  {
    name: 'draws from Math.random, and no run can be had again',
    file: distributions,
    find: '-mean * ln(1 - random.uniform())',
    replace: '-mean * ln(1 - Math.random())',
    caughtBy: 'the same seed gives the same draws',
    lists: ['CH16'],
  },
  {
    name: 'gives a Pareto distribution the tail of another alpha',
    file: distributions,
    find: 'exp(-ln(1 - random.uniform()) / alpha)',
    replace: 'exp(-ln(1 - random.uniform()) * alpha)',
    caughtBy: 'is spread as its distribution function says',
    lists: [],
  },
  {
    name: 'takes a standard deviation for a variance',
    file: distributions,
    find: 'deviation * x * ',
    replace: 'Math.sqrt(deviation) * x * ',
    caughtBy: 'has the right mean and the right variance',
    lists: [],
  },
  {
    name: 'counts one event too many, for Poisson',
    file: distributions,
    find: 'let events = -1',
    replace: 'let events = 0',
    caughtBy: 'are spread as Poisson says',
    lists: [],
  },
  {
    name: 'delivers in the order of sending: a network that should reorder never does',
    file: link,
    find: 'if (!ordered) return arrivalMs',
    replace: '',
    caughtBy: 'a message may overtake an earlier one',
    lists: ['CH17'],
  },
  {
    name: 'lets messages overtake each other on an ordered link',
    file: link,
    find: 'this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs)',
    replace: 'this.#lastArrivalMs = arrivalMs',
    caughtBy: 'on an ordered link a message waits for those before it',
    lists: ['CH17'],
  },
  {
    name: 'carries messages over a cut link',
    file: link,
    find: `if (this.#isCut) return 'cut'`,
    replace: '',
    caughtBy: 'loses everything that is sent until it is repaired',
    lists: [],
  },
  {
    name: 'takes the probability of a loss for that of an arrival',
    file: link,
    find: 'this.#random.chance(loss)',
    replace: '!this.#random.chance(loss)',
    caughtBy: 'about as many messages are lost as the probability says',
    lists: [],
  },
  {
    name: 'lets a message arrive before it was sent',
    file: link,
    find: 'Math.max(0, latencyMs(this.#random))',
    replace: 'latencyMs(this.#random)',
    caughtBy: 'a latency below 0',
    lists: [],
  },
  {
    name: 'sends the next message when the last one has arrived, and not when it has left',
    file: link,
    find: 'const arrivalMs = this.#busyUntilMs + Math.max',
    replace: 'const arrivalMs = this.#busyUntilMs += Math.max',
    caughtBy: 'latency does not occupy the link',
    lists: [],
  },
  {
    name: 'saves up bandwidth while the link is idle',
    file: link,
    find: 'Math.max(nowMs, this.#busyUntilMs)',
    replace: 'this.#busyUntilMs',
    caughtBy: 'nothing is saved up while the link is idle',
    lists: [],
  },
  {
    name: 'lets a message that was refused take room in the queue',
    file: link,
    find: `if (queuedBytes + bytes > queueBytesMax) return 'queue full'
    this.#busyUntilMs = startMs + bytes / bytesPerMs`,
    replace: `this.#busyUntilMs = startMs + bytes / bytesPerMs
    if (queuedBytes + bytes > queueBytesMax) return 'queue full'`,
    caughtBy: 'a message for which the queue has no room is lost, and takes none',
    lists: [],
  },
  {
    name: 'has a queue without end',
    file: link,
    find: `if (queuedBytes + bytes > queueBytesMax) return 'queue full'`,
    replace: '',
    caughtBy: 'at any moment no more bytes queue up than the bound',
    lists: [],
  },
  {
    name: 'adds up fractions of bytes, and refuses the last one that fits',
    file: link,
    find: 'Math.round((startMs - nowMs) * bytesPerMs)',
    replace: '(startMs - nowMs) * bytesPerMs',
    caughtBy: 'the queue fills up to its bound, to the last byte',
    lists: [],
  },
  {
    name: 'rounds the queue down, and takes a byte too many',
    file: link,
    find: 'Math.round((startMs - nowMs) * bytesPerMs)',
    replace: 'Math.floor((startMs - nowMs) * bytesPerMs)',
    caughtBy: 'the queue fills up to its bound, to the last byte',
    lists: [],
  },
  {
    name: 'multiplies a wait by infinity when a narrow link becomes as wide as can be',
    file: link,
    find: 'const isNarrow = bytesPerMs < Infinity',
    replace: 'const isNarrow = true',
    caughtBy: 'a link that gets all the bandwidth there is has no queue any more',
    lists: [],
  },
  {
    name: 'remembers on an ordered link the message before, and not the latest to arrive',
    file: link,
    find: `this.#lastArrivalMs = Math.max(this.#lastArrivalMs, arrivalMs)
    return this.#lastArrivalMs`,
    replace: `const heldMs = Math.max(this.#lastArrivalMs, arrivalMs)
    this.#lastArrivalMs = arrivalMs
    return heldMs`,
    caughtBy: 'waits for the latest of those before it',
    lists: ['CH17'],
  },
  {
    name: 'lets a lost message occupy the link',
    file: link,
    find: `if (this.#random.chance(loss)) return 'lost'
`,
    replace: `if (this.#random.chance(loss)) {
      this.#busyUntilMs = Math.max(nowMs, this.#busyUntilMs) + bytes / bytesPerMs
      return 'lost'
    }
`,
    caughtBy: 'a message that is lost does not occupy the link',
    lists: [],
  },
  {
    name: 'looks for room before it draws for loss',
    file: link,
    find: `if (this.#random.chance(loss)) return 'lost'
    const isNarrow = bytesPerMs < Infinity
    const startMs = isNarrow ? Math.max(nowMs, this.#busyUntilMs) : nowMs
    const queuedBytes = isNarrow ? Math.round((startMs - nowMs) * bytesPerMs) : 0
    if (queuedBytes + bytes > queueBytesMax) return 'queue full'
`,
    replace: `const isNarrow = bytesPerMs < Infinity
    const startMs = isNarrow ? Math.max(nowMs, this.#busyUntilMs) : nowMs
    const queuedBytes = isNarrow ? Math.round((startMs - nowMs) * bytesPerMs) : 0
    if (queuedBytes + bytes > queueBytesMax) return 'queue full'
    if (this.#random.chance(loss)) return 'lost'
`,
    caughtBy: 'luck comes before room',
    lists: [],
  },
]

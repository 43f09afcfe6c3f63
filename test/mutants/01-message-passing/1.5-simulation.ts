/** Mistakes that people make in a simulation and its hardships, and the check that notices each. */
import type { Mutant } from '../../mutant.ts'

const folder = 'solutions/01-message-passing'
const machine = `${folder}/machine.ts`
const simulation = `${folder}/simulation.ts`
const network = `${folder}/network.ts`
const host = `${folder}/host.ts`

export const mutants: readonly Mutant[] = [
  {
    name: "rings timers by the machine's clock, beside the virtual one",
    file: simulation,
    find: 'new HostTimer(this.#nowMs + delayMs',
    replace: 'new HostTimer(performance.now() + delayMs',
    caughtBy: 'of a host is the time of its world',
    lists: ['CH16'],
  },
  {
    name: 'goes on before promises have settled',
    file: simulation,
    find: 'if (this.#step()) await macrotask()',
    replace: 'this.#step()',
    caughtBy: 'every promise settles, however many steps it takes',
    lists: [],
  },
  {
    name: 'waits for one step of the promises, and not for all',
    file: simulation,
    find: 'if (this.#step()) await macrotask()',
    replace: 'if (this.#step()) await undefined',
    caughtBy: 'every promise settles, however many steps it takes',
    lists: [],
  },
  {
    name: 'forgets that a stage direction can settle promises too',
    file: simulation,
    find: 'return machine === undefined || machine.isAsync',
    replace: 'return machine?.isAsync ?? false',
    caughtBy: 'promises settle after an event of the world as well',
    lists: [],
  },
  {
    name: 'stops before what is due at the end of the run',
    file: simulation,
    find: 'event.atMs <= untilMs',
    replace: 'event.atMs < untilMs',
    caughtBy: 'stops where the run ends',
    lists: [],
  },
  {
    name: 'sets time back when the run is to a moment that has passed',
    file: simulation,
    find: 'this.#nowMs = Math.max(this.#nowMs, untilMs)',
    replace: 'this.#nowMs = untilMs',
    caughtBy: 'never goes back',
    lists: [],
  },
  {
    name: 'lets time stand at the last event when the run is over',
    file: simulation,
    find: 'this.#nowMs = Math.max(this.#nowMs, untilMs)',
    replace: '',
    caughtBy: 'stops where the run ends',
    lists: [],
  },
  {
    name: 'looks at the rules when the run is over, and not after each event',
    file: simulation,
    find: `this.#throwFailure()
      this.#checkRules()`,
    replace: 'this.#throwFailure()',
    caughtBy: 'are looked at after every event',
    lists: [],
  },
  {
    name: 'looks at the rules before promises have settled',
    file: simulation,
    find: 'if (this.#step()) await macrotask()',
    replace: `const mustSettle = this.#step()
      this.#checkRules()
      if (mustSettle) await macrotask()`,
    caughtBy: 'are looked at when promises have settled',
    lists: [],
  },
  {
    name: 'overlooks what is expected by the end of the run when nothing happens then',
    file: simulation,
    find: `untilMs)
    this.#checkRules()`,
    replace: 'untilMs)',
    caughtBy: 'may expect something by the end of the run',
    lists: [],
  },
  {
    name: 'swallows the failure of a program',
    file: simulation,
    find: `this.#throwFailure()
      this.#checkRules()`,
    replace: 'this.#checkRules()',
    caughtBy: 'after an await',
    lists: [],
  },
  {
    name: 'ends the run with an error that names no host',
    file: simulation,
    find: 'throw event.host === undefined ? error : new HostFailed(event.host, this.#nowMs, error)',
    replace: 'throw error',
    caughtBy: 'in its handler of messages',
    lists: [],
  },
  {
    name: 'lets everything happen to a paused machine',
    file: simulation,
    find: 'if (machine?.holdsBack(event)) return false',
    replace: '',
    caughtBy: 'holds everything back from a machine',
    lists: [],
  },
  {
    name: 'rings the timers of a host that crashed, once its machine is up again',
    file: simulation,
    find: '() => machine.runs(host)',
    replace: '() => machine.isUp',
    caughtBy: 'takes the timers of a host',
    lists: [],
  },
  {
    name: 'keeps a machine paused through a crash and a restart',
    file: machine,
    find: `this.#host = undefined
    this.#backlog = undefined`,
    replace: 'this.#host = undefined',
    caughtBy: 'ends with a crash, and what had piled up is lost',
    lists: [],
  },
  {
    name: 'answers a crash of a machine that is down with silence',
    file: machine,
    find: 'if (this.#host === undefined) throw',
    replace: 'if (this.#host === null) throw',
    caughtBy: 'of a machine that is down is a mistake',
    lists: [],
  },
  {
    name: 'records what was delivered as lost, and what was lost as delivered',
    file: machine,
    find: `? undefined : 'inbox full'`,
    replace: `? 'inbox full' : undefined`,
    caughtBy: 'answers nothing when the host has the message',
    lists: [],
  },
  {
    name: 'loses what does not fit into an inbox, and tells nobody',
    file: machine,
    find: `return this.#host.deliver(from, message) ? undefined : 'inbox full'`,
    replace: `this.#host.deliver(from, message)
    return undefined`,
    caughtBy: 'answers when the inbox is full',
    lists: [],
  },
  {
    name: 'lets a program send although its host has crashed',
    file: host,
    find: 'if (this.#runs()) this.#world.network.send',
    replace: 'this.#world.network.send',
    caughtBy: 'has no effect any more, even if something outside wakes it',
    lists: [],
  },
  {
    name: "hands the sender's object to the receiver: two hosts with one memory",
    file: network,
    find: '(message) => structuredClone(message)',
    replace: '(message) => message',
    caughtBy: 'is what it was when it was sent',
    lists: [],
  },
  {
    name: 'draws the luck of all links from one generator',
    file: network,
    find: 'const random = this.#ground.random.fork',
    replace: 'const { random } = this.#ground // ',
    caughtBy: 'what becomes of the messages on one link does not depend on those on another',
    lists: [],
  },
  {
    name: 'partitions both ways when it is asked for one',
    file: network,
    find: 'this.#route(from, to).link.cut()',
    replace: `this.#route(from, to).link.cut()
        this.#route(to, from).link.cut()`,
    caughtBy: 'one way leaves the way back open',
    lists: [],
  },
  {
    name: 'lets events of one moment happen in whatever order the heap has',
    file: `${folder}/event-queue.ts`,
    find: 'a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)',
    replace: 'a.atMs < b.atMs',
    caughtBy: 'does not pass while an event is on',
    lists: [],
  },
]

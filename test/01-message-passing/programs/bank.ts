import { type Clock, sleep } from '#message-passing/clock'

/** Two accounts. To look into one takes 20 ms, to write into one 60. */
export class Bank {
  readonly balances = { Ada: 50, Grace: 0 }
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async withdraw(name: 'Ada' | 'Grace', amount: number, signal?: AbortSignal): Promise<void> {
    await sleep(this.#clock, 20, signal)
    const balance = this.balances[name]
    if (balance < amount) throw new Error(`${name} has only ${balance}`)
    await sleep(this.#clock, 60, signal)
    this.balances[name] -= amount
  }

  async deposit(name: 'Ada' | 'Grace', amount: number, signal?: AbortSignal): Promise<void> {
    await sleep(this.#clock, 60, signal)
    this.balances[name] += amount
  }
}

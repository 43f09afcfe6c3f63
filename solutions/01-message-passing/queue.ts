/**
 * A first-in, first-out queue. Adding and taking cost O(1), amortized.
 *
 * A ring of slots, doubled when it is full. `#head` is the oldest item; the
 * ring's size is a power of two, so that `& mask` wraps an index around.
 *
 * ```
 *   slots:  [ e  f  .  .  a  b  c  d ]
 *                         ^ head         size = 6
 * ```
 */
export class Queue<T> {
  #slots: (T | undefined)[] = new Array(16).fill(undefined)
  #head = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  add(item: T): void {
    if (this.#size === this.#slots.length) this.#grow()
    this.#slots[(this.#head + this.#size) & (this.#slots.length - 1)] = item
    this.#size++
  }

  /** Takes the oldest item out. Throws a `RangeError` when there is none: look at `size` first. */
  take(): T {
    if (this.#size === 0) throw new RangeError('take from an empty queue')
    const item = this.#slots[this.#head] as T // a slot within `size` was filled by `add`
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#slots.length - 1)
    this.#size--
    return item
  }

  #grow(): void {
    const inOrder = [...this.#slots.slice(this.#head), ...this.#slots.slice(0, this.#head)]
    this.#slots = inOrder.concat(new Array(inOrder.length).fill(undefined))
    this.#head = 0
  }
}

/** The text of a program that is being made: lines, indented, and names that nobody has used yet. */

export class Source {
  readonly #lines: string[] = []
  #depth = 0
  #names = 0

  /**
   * A new name that begins with `hint`. With no `_` in it, `key1` and 4 would make
   * the same name as `key` and 14.
   */
  name(hint: string): string {
    this.#names += 1
    return `${hint}_${this.#names}`
  }

  /** Adds a line. One that ends in `{` indents those that follow it, and one that begins with `}` ends that. */
  line(text: string): void {
    if (text.startsWith('}')) this.#depth = Math.max(0, this.#depth - 1) // one `}` too many is shown as it was made
    this.#lines.push(`${'  '.repeat(this.#depth)}${text}`)
    if (text.endsWith('{')) this.#depth += 1
  }

  get text(): string {
    return this.#lines.join('\n')
  }
}

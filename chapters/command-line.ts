/** Words and flags, as `npm run chapter` gets them. Which flags there are is known only when the demo is loaded. */

export interface CommandLine {
  readonly words: readonly string[]
  /** `--capacity 8` and `--capacity=8` are `{ capacity: '8' }`; a flag without a value is `true`. */
  readonly flags: Readonly<Record<string, string | true>>
}

const SEED_MAX = 2 ** 32 - 1

export function parseCommandLine(args: readonly string[]): CommandLine {
  const words: string[] = []
  const flags: Record<string, string | true> = {}
  let open: string | undefined
  for (const arg of args) {
    const [, flag, value] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(arg) ?? []
    if (flag !== undefined) flags[flag] = value ?? true
    else if (open !== undefined) flags[open] = arg
    else words.push(arg)
    open = flag !== undefined && value === undefined && flag !== 'help' ? flag : undefined
  }
  return { words, flags }
}

/** The seed that the flags ask for, 1 if they don't. Throws when it is not a whole number from 0 to 2^32 - 1. */
export function seedOf({ flags }: CommandLine): number {
  const text = flags.seed ?? '1'
  const seed = Number(text)
  if (text !== true && /^\d+$/.test(text) && seed <= SEED_MAX) return seed
  throw new Error(`a seed is a whole number from 0 to ${SEED_MAX}, not ${text === true ? 'nothing' : text}`)
}

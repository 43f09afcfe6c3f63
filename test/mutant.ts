/** A mistake that people really make, as a change of one place in one file of the reference. */
export interface Mutant {
  /** The mistake, as a sentence without a subject: `'counts a vote twice'`. */
  readonly name: string
  /** The file of the reference that it is made in: `'solutions/01-message-passing/channel.ts'`. */
  readonly file: string
  /** The text that is replaced. It occurs once in the file. */
  readonly find: string
  readonly replace: string
  /** Part of the name of a check that must fail because of it. */
  readonly caughtBy: string
  /** Where the mistake is on record. */
  readonly lists: readonly string[]
}

/** The messages of one codec, which share the chunks of a writer. */
import { assertLength } from '#serialization/codec'
import { Writer } from '#serialization/writer'

export class Messages {
  /** Nothing while it is in use. */
  #idle: Writer | undefined = new Writer()

  /**
   * The message that `write` writes. Nothing is left of it for the next one if that
   * throws. A value may have a getter that encodes another with the same codec: that
   * one gets a writer of its own.
   */
  written(write: (writer: Writer) => void): Uint8Array {
    const writer = this.#idle ?? new Writer()
    this.#idle = undefined
    try {
      write(writer)
      return assertLength(writer.finish())
    } finally {
      writer.abandon()
      this.#idle = writer
    }
  }
}

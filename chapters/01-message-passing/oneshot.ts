// Exercise 1.4, unfinished on purpose: whatever throws `unimplemented` is yours to write.
// Read docs/01-message-passing/1.4-broadcast.md, then let `npm run check 1.4` tell you how far you are.
// Stub 2e8e359e: by this fingerprint `npm run reset` knows whether you have edited the file.

/**
 * One message, from one task to another: the reply to a question.
 *
 * Who asks sends a `Oneshot` along with the question and waits on it. Who
 * answers can't block, since the one message always has room, and can't answer
 * twice. Who can't answer closes it, and the asker isn't left waiting.
 */
import { Channel, type CLOSED } from '#message-passing/channel'
import type { Operation } from '#message-passing/operation'
import { unimplemented } from '#unimplemented'

export class Oneshot<T> {
  readonly #channel = new Channel<T>(1)

  /** Whether nothing can be sent any more: something was, or it was closed. */
  get closed(): boolean {
    return this.#channel.closed
  }

  /**
   * Sends the one message, without waiting. Throws `ChannelClosed` when a
   * message was sent before, or the oneshot was closed.
   *
   * @exercise 1.4a Send the message, and let there be no second one.
   */
  send(value: T): void {
    throw unimplemented('1.4a', 'Send the message, and let there be no second one.')
  }

  /** Gives up without a message. A message that was sent before can still be received. */
  close(): void {
    this.#channel.close()
  }

  /** Waits for the message. Answers `CLOSED` when there won't be one, or it was received before. */
  receive(signal?: AbortSignal): Promise<T | typeof CLOSED> {
    return this.#channel.receive(signal)
  }

  receiving(): Operation<T | typeof CLOSED> {
    return this.#channel.receiving()
  }
}

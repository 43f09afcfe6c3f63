/** A writer near the end of its chunk, for the checks of 2.2. */
import { CHUNK_SIZE, Writer } from '#serialization/writer'
import { isOfTheEngine } from './input.ts'

/** Bytes that differ from their neighbours, so that a shift shows. */
export function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let index = 0; index < length; index++) bytes[index] = 1 + (index % 251)
  return bytes
}

/** A writer with so many bytes left in its chunk, if it takes its chunks one `CHUNK_SIZE` at a time. */
export function writerWithRoom(room: number): Writer {
  const writer = new Writer()
  writer.u8(0)
  writer.raw(new Uint8Array(CHUNK_SIZE - room - 1))
  writer.finish()
  return writer
}

/** The message that `write` writes. What the engine throws on the way is told with the rule. */
export function finished(writer: Writer, rule: string, write: (writer: Writer) => void): Uint8Array {
  try {
    write(writer)
    return writer.finish()
  } catch (error) {
    throw isOfTheEngine(error) ? new Error(`${rule} (${error})`, { cause: error }) : error
  }
}

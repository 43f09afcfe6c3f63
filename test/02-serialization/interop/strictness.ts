/** What `protobuf` refuses and other implementations of Protocol Buffers may accept. */
import type { DecodeError } from '#serialization/decoded'

/** What we refuse and the specification lets a reader repair or pass over: the strictness of `protobuf.ts`, by name. */
const STRICTNESS: readonly (readonly [name: string, expected: RegExp])[] = [
  ['a second value for a field that may come once', /^a field once$/],
  ['a second case of a union', /^no second case after /],
  ['a second entry for a key', /^each key once$/],
  ['another wire type than the schema has', / in field \d+$/],
  ['a padded varint', /^a varint in its shortest form$/],
  ['a varint of more than 64 bits', /^a varint of at most 64 bits$/],
  ['a bool that is neither 0 nor 1', /^a bool, 0 or 1$/],
  ['a number beyond 32 bits', /^a whole number up to 2\^32 - 1$/],
  ['a number beyond 53 bits', /^a whole number up to 2\^53 - 1$/],
  ['a value that an enumeration does not have', /^0 to \d+, for /],
  ['a union without a case', /^one of the cases /],
  ['a missing struct that must contain a union', /, which has no default$/],
  ['a part that reaches beyond the part around it', /^(?:a length of at most|a varint$|1 more byte|[48] bytes)/],
  ['a group', /^the wire type 0, 1, 2 or 5$/],
  ['a field number that there is not', /^a field number from 1 to /],
]

/** The name of the strictness by which we alone may refuse with this error, if it has one. */
export function strictnessOf({ expected }: DecodeError): string | undefined {
  return STRICTNESS.find(([, pattern]) => pattern.test(expected))?.[0]
}

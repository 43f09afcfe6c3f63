/** What errors expected, without what differs from input to input and from schema to schema: so that they can be counted. */

const LABELS: readonly (readonly [RegExp, string])[] = [
  [/^at most \d+, which the \d+ bytes left can hold$/, 'a count that the bytes left can hold'],
  [/^a length of at most \d+, the bytes that are left$/, 'a length of at most what is left'],
  [/^\d+ bytes?$/, 'so many bytes'],
  [/^0 to \d+, for .*$/s, 'the place of a case or a literal'],
  [/^one of the cases .*$/s, 'one of the cases'],
  [/^no second case after .*$/s, 'no second case'],
  [/^a key after .*$/s, 'a key after the one before'],
  [/^the field .*, which has no default$/, 'a field that has no default'],
  [/^the field .*$/, 'a field that is not optional'],
  [/^(a varint|eight bytes|a length and bytes|four bytes) in field \d+$/, 'the wire type of the field'],
  [/^"([[\]{}:,"])"$/, 'the mark $1'],
  [/^(?:one of )?(?:"|true|false|\d).*$/s, 'one of the values or cases'],
]

export function labelOf(expected: string): string {
  for (const [pattern, label] of LABELS) if (pattern.test(expected)) return expected.replace(pattern, label)
  return expected
}

/** Numbers and the bytes that they take as varints, worked out by hand from groups of seven bits. */

/** What a check calls the number, its bytes as hexadecimal digits, and the number. */
export type Form = readonly [name: string, bytes: string, value: bigint]

/** Numbers that are safe integers, and so may be read and written as a `number`. */
export const safeForms: readonly Form[] = [
  ['0', '00', 0n],
  ['1', '01', 1n],
  ['127', '7f', 127n],
  ['128', '80 01', 128n],
  ['300', 'ac 02', 300n],
  ['16383', 'ff 7f', 16_383n],
  ['2^31 - 1', 'ff ff ff ff 07', 2n ** 31n - 1n],
  ['2^31', '80 80 80 80 08', 2n ** 31n],
  ['2^32 - 1', 'ff ff ff ff 0f', 2n ** 32n - 1n],
  ['2^32', '80 80 80 80 10', 2n ** 32n],
  ['2^35 - 1', 'ff ff ff ff 7f', 2n ** 35n - 1n],
  ['2^35', '80 80 80 80 80 01', 2n ** 35n],
  ['2^49 - 1', 'ff ff ff ff ff ff 7f', 2n ** 49n - 1n],
  ['2^49', '80 80 80 80 80 80 80 01', 2n ** 49n],
  ['2^53 - 1', 'ff ff ff ff ff ff ff 0f', 2n ** 53n - 1n],
]

/** Numbers that need a `bigint`. */
export const largeForms: readonly Form[] = [
  ['2^53', '80 80 80 80 80 80 80 10', 2n ** 53n],
  ['2^53 + 1', '81 80 80 80 80 80 80 10', 2n ** 53n + 1n],
  ['2^56 - 1', 'ff ff ff ff ff ff ff 7f', 2n ** 56n - 1n],
  ['2^56', '80 80 80 80 80 80 80 80 01', 2n ** 56n],
  ['an id of 2^63 and more', '95 ea c8 ab d1 ee 9f b3 95 01', 10_765_432_100_123_456_789n],
  ['2^63 - 1', 'ff ff ff ff ff ff ff ff 7f', 2n ** 63n - 1n],
  ['2^63', '80 80 80 80 80 80 80 80 80 01', 2n ** 63n],
  ['2^64 - 1', 'ff ff ff ff ff ff ff ff ff 01', 2n ** 64n - 1n],
]

/** Longer forms than a number needs: the last byte says nothing. */
export const paddedForms: readonly (readonly [name: string, bytes: string])[] = [
  ['0 in two bytes', '80 00'],
  ['1 in two bytes', '81 00'],
  ['127 in two bytes', 'ff 00'],
  ['0 in three bytes', '80 80 00'],
  ['300 in three bytes', 'ac 82 00'],
  ['2^35 - 1 in six bytes', 'ff ff ff ff ff 00'],
  ['0 in eight bytes', '80 80 80 80 80 80 80 00'],
  ['2^53 - 1 in nine bytes', 'ff ff ff ff ff ff ff 8f 00'],
  ['0 in ten bytes', '80 80 80 80 80 80 80 80 80 00'],
  ['2^63 - 1 in ten bytes', 'ff ff ff ff ff ff ff ff ff 00'],
]

/** Numbers of more than 64 bits. */
export const endlessForms: readonly (readonly [name: string, bytes: string])[] = [
  ['2^64', '80 80 80 80 80 80 80 80 80 02'],
  ['ten bytes that are full', 'ff ff ff ff ff ff ff ff ff 7f'],
  ['2^70', '80 80 80 80 80 80 80 80 80 80 01'],
  ['two hundred bytes', `${'80'.repeat(199)}01`],
  ['two hundred full bytes', `${'ff'.repeat(199)}7f`],
]

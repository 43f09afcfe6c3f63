/** A schema of each kind, and of each kind inside another, with values that it describes and values that it doesn't. */
import {
  bool,
  bytes,
  f64,
  i64,
  list,
  literal,
  map,
  optional,
  type Schema,
  string,
  struct,
  u32,
  u53,
  u64,
  union,
} from '#serialization/schema'

interface Example {
  readonly name: string
  readonly schema: Schema
  readonly inside: readonly unknown[]
  readonly outside: readonly unknown[]
}

const scalars: readonly Example[] = [
  { name: 'a bool', schema: bool, inside: [true, false], outside: [0, 1, 'true', undefined, null] },
  {
    name: 'a u32',
    schema: u32,
    inside: [0, 1, 127, 128, 300, 2 ** 31, 2 ** 32 - 1],
    outside: [-1, 0.5, 2 ** 32, Number.NaN, Infinity, '1', 1n, null, undefined],
  },
  {
    name: 'a u53',
    schema: u53,
    inside: [0, 127, 128, 2 ** 31, 2 ** 32, 2 ** 53 - 1],
    outside: [-1, 0.5, 2 ** 53, Number.NaN, '1', 1n, undefined],
  },
  {
    name: 'a u64',
    schema: u64,
    inside: [0n, 127n, 128n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n],
    outside: [-1n, 2n ** 64n, 1, '1', undefined],
  },
  {
    name: 'an i64',
    schema: i64,
    inside: [0n, -1n, 1n, -64n, 64n, -(2n ** 63n), 2n ** 63n - 1n],
    outside: [2n ** 63n, -(2n ** 63n) - 1n, -1, undefined],
  },
  {
    name: 'an f64',
    schema: f64,
    inside: [0, -0, 0.1, -1.5, Infinity, -Infinity, Number.NaN],
    outside: ['0.1', 1n, null, undefined],
  },
  {
    name: 'a string',
    schema: string,
    inside: ['', 'key', 'é', '😀', '\u2028', 'ä'.repeat(64), 'a'.repeat(200)],
    outside: ['\ud800', 'a\udc00', 1, new String('key'), null, undefined],
  },
  {
    name: 'bytes',
    schema: bytes,
    inside: [new Uint8Array(0), Uint8Array.of(0, 255), new Uint8Array(200)],
    outside: [[1, 2], 'ff', new Uint16Array(2), new ArrayBuffer(2), undefined],
  },
  {
    name: 'a literal',
    schema: literal('get', 'put', 1, true, ''),
    inside: ['get', 'put', 1, true, ''],
    outside: ['delete', '1', 0, false, null, undefined],
  },
]

const numbers = Array.from({ length: 300 }, (_, place) => place)

const longChoices: readonly Example[] = [
  { name: 'a literal of 300 values', schema: literal(...numbers), inside: [0, 127, 128, 299], outside: [300, '0'] },
  {
    name: 'a union of 300 cases',
    schema: union('t', Object.fromEntries(numbers.map((number) => [`case${number}`, struct({ a: u32 })]))),
    inside: [0, 127, 128, 299].map((number) => ({ t: `case${number}`, a: number })),
    outside: [{ t: 'case300', a: 300 }],
  },
]

const Put = struct({ key: string, ttlMs: optional(u32), sync: bool })

const lists: readonly Example[] = [
  {
    name: 'a list',
    schema: list(u32),
    inside: [[], [7], [1, 300, 2 ** 32 - 1], new Array(200).fill(5), Object.freeze([1, 2, 3])],
    outside: [
      [1, -1, 2],
      [1, 2, -1],
      ['1'],
      new Array(2),
      { length: 0 },
      Object.create(Array.prototype),
      new Set(),
      'text',
      undefined,
    ],
  },
  {
    name: 'a list of numbers',
    schema: list(f64),
    inside: [[], [Number.NaN], [0.1, -0, Infinity]],
    outside: [[0.1, '1'], [undefined], new Float64Array(2)],
  },
  {
    name: 'a list of lists',
    schema: list(list(string)),
    inside: [[], [[]], [['a'], [], ['b', 'c']]],
    outside: [['a'], [[], [1]], [['a'], undefined]],
  },
  {
    name: 'a map',
    schema: map(string, u32),
    inside: [
      new Map(),
      new Map([
        ['b', 2],
        ['a', 1],
        ['\u{1f600}', 3],
        ['\uffff', 4],
      ]),
    ],
    outside: [
      new Map([['a', -1]]),
      new Map<unknown, unknown>([
        ['a', 1],
        [1, 1],
      ]),
      {},
      [],
      undefined,
    ],
  },
  {
    name: 'a map of structs',
    schema: map(u64, Put),
    inside: [
      new Map([
        [9n, { key: 'a', sync: true }],
        [8n, { key: 'b', ttlMs: 5, sync: false }],
      ]),
    ],
    outside: [
      new Map([
        [9n, { key: 'a', sync: true }],
        [8n, { key: 'b', ttlMs: -5, sync: false }],
      ]),
    ],
  },
  {
    name: 'a map of lists of maps',
    schema: map(bool, list(map(i64, u53))),
    inside: [
      new Map([
        [
          true,
          [
            new Map([
              [1n, 1],
              [-1n, 2],
            ]),
            new Map(),
          ],
        ],
        [false, []],
      ]),
    ],
    outside: [
      new Map([
        [
          true,
          [
            new Map([
              [1n, 1],
              [-1n, 0.5],
            ]),
          ],
        ],
      ]),
    ],
  },
]

/** An object that is no `instanceof Object`, as a query parser makes one. */
function withoutPrototype(fields: object): unknown {
  return Object.assign(Object.create(null), fields)
}

const structs: readonly Example[] = [
  {
    name: 'a struct',
    schema: Put,
    inside: [
      { key: 'a', sync: true },
      { key: 'a', ttlMs: 0, sync: false },
      { sync: false, ttlMs: 300, key: 'é', unknown: 1 },
      { key: 'a', ttlMs: undefined, sync: true },
      withoutPrototype({ key: 'a', sync: true }),
    ],
    outside: [{ key: 'a' }, { key: 'a', ttlMs: null, sync: true }, { key: 1, sync: true }, null, 'a', undefined],
  },
  {
    name: 'a struct without fields',
    schema: struct({}),
    inside: [{}, { unknown: 1 }, withoutPrototype({})],
    outside: [null, 1, undefined, () => 1],
  },
  {
    name: 'a struct of numbers, whose last field may be absent',
    schema: struct({ a: u53, b: f64, c: bool, d: optional(u32) }),
    inside: [
      { a: 1, b: 0.5, c: true },
      { a: 2 ** 40, b: -1, c: false, d: 7 },
    ],
    outside: [{ a: 1, b: 0.5, c: true, d: -1 }],
  },
  {
    name: 'a struct whose fields may be absent, and count as false when they are there',
    schema: struct({ a: optional(string), b: optional(u64), c: optional(f64), d: optional(literal(0, '')) }),
    inside: [{ a: '', b: 0n, c: Number.NaN, d: 0 }, { c: 0, d: '' }, {}],
    outside: [{ a: null }, { b: 0 }, { c: false }, { d: false }],
  },
  {
    name: 'structs in structs',
    schema: struct({ first: Put, last: optional(struct({ put: Put, at: u53 })) }),
    inside: [
      { first: { key: 'a', sync: true } },
      { first: { key: 'a', sync: true }, last: { put: { key: 'b', ttlMs: 1, sync: false }, at: 5 } },
    ],
    outside: [
      { first: { key: 'a', sync: 1 } },
      { first: { key: 'a', sync: true }, last: { put: { key: 'b', ttlMs: -1, sync: false }, at: 5 } },
    ],
  },
  {
    name: 'a list of structs with fields that may be absent',
    schema: list(struct({ a: optional(u32), b: optional(list(bool)), c: optional(bool) })),
    inside: [[{}, { a: 1 }, { b: [] }, { a: 0, b: [true], c: false }, { c: true }]],
    outside: [[{}, { a: 1 }, { b: [0] }]],
  },
  {
    name: 'a union',
    schema: union('kind', { put: Put, get: struct({ key: string }), stop: struct({}) }),
    inside: [
      { kind: 'put', key: 'a', sync: true },
      { kind: 'get', key: 'b' },
      { kind: 'stop' },
      withoutPrototype({ kind: 'stop' }),
    ],
    outside: [
      { kind: 'delete', key: 'a' },
      { kind: 'get', key: 1 },
      {},
      { key: 'a' },
      null,
      undefined,
      Object.assign(() => 1, { kind: 'stop' }),
    ],
  },
  {
    name: 'a list of unions that have unions in them',
    schema: list(
      union('t', {
        leaf: struct({ value: u32 }),
        node: struct({ inner: union('t', { value: struct({ value: optional(u32) }) }) }),
      }),
    ),
    inside: [
      [
        { t: 'leaf', value: 3 },
        { t: 'node', inner: { t: 'value', value: 4 } },
        { t: 'node', inner: { t: 'value' } },
      ],
    ],
    outside: [
      [
        { t: 'leaf', value: 3 },
        { t: 'node', inner: { t: 'leaf', value: 4 } },
      ],
    ],
  },
]

export const everyKind: readonly Example[] = [...scalars, ...lists, ...structs, ...longChoices]

/** The same as rows of `test.each`, with their names in front. */
export const kindRows = everyKind.map((example): [string, Example] => [example.name, example])

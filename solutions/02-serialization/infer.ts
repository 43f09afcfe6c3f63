/** The TypeScript type that a schema describes, read off the schema's own type. */
import type {
  Cases,
  List,
  Literal,
  MapOf,
  Numbered,
  Optional,
  Scalar,
  ScalarKind,
  Schema,
  Shape,
  Struct,
  Union,
} from '#serialization/schema'

interface ScalarTypes {
  readonly bool: boolean
  readonly u32: number
  readonly u53: number
  readonly u64: bigint
  readonly i64: bigint
  readonly f64: number
  readonly string: string
  readonly bytes: Uint8Array
}

/**
 * `Infer<typeof Command>` is the type of the values that `Command` describes. Of a
 * schema of which no more is known than that it is one, it is `unknown`.
 */
export type Infer<S extends Schema> = Schema extends S
  ? unknown
  : S extends Scalar<infer K>
    ? ScalarTypes[K & ScalarKind]
    : S extends Literal<infer V>
      ? V
      : S extends List<infer I>
        ? readonly Infer<I>[]
        : S extends MapOf<infer K, infer V>
          ? ReadonlyMap<Infer<K>, Infer<V>>
          : S extends Struct<infer F>
            ? InferStruct<F>
            : S extends Union<infer D, infer C>
              ? InferUnion<D, C>
              : never

/** Without its number. */
type Bare<F> = F extends Numbered<infer I> ? I : F

type InferStruct<F extends Shape> = string extends keyof F
  ? AnyObject
  : Flat<
      {
        readonly [N in keyof F as Bare<F[N]> extends Optional ? never : N]: Bare<F[N]> extends infer S extends Schema
          ? Infer<S>
          : never
      } & {
        readonly [N in keyof F as Bare<F[N]> extends Optional ? N : never]?:
          | (Bare<F[N]> extends Optional<infer S> ? Infer<S> : never)
          | undefined
      }
    >

type InferUnion<D extends string, C extends Cases> = string extends keyof C | D
  ? AnyObject
  : {
      [N in keyof C]: Bare<C[N]> extends Struct<infer F> ? Flat<{ readonly [K in D]: N } & InferStruct<F>> : never
    }[keyof C]

/** What is known of a value of a struct or a union when not all of its names are known. */
type AnyObject = Readonly<Record<string, unknown>>

/** The same type with its properties side by side, as an editor should show it. */
type Flat<T> = { readonly [K in keyof T]: T[K] }

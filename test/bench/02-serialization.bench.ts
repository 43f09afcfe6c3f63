/** What is measured for chapter 2, against what, and what has to be so. */
import { AVRO, avroAppends, avroCommands } from './02-serialization/avro.ts'
import { checksumCases } from './02-serialization/checksums.ts'
import { type Contender, casesOf } from './02-serialization/formats.ts'
import { BASE64, jsonAppends, jsonCommands } from './02-serialization/json-texts.ts'
import { COMPILED, ownAppends, ownCommands, VIEWS } from './02-serialization/own.ts'
import { PROTOBUFS, protobufAppends, protobufCommands } from './02-serialization/protobufs.ts'
import { SELF_DESCRIBING, selfDescribingAppends, selfDescribingCommands } from './02-serialization/self-describing.ts'
import type { Bar, Table } from './measure.ts'

export function tables(): readonly Table[] {
  return [
    ...formatTables(
      'A command of 16 bytes of key and 64 of value',
      [...ownCommands(), ...protobufCommands(), ...avroCommands(), ...selfDescribingCommands(), ...jsonCommands()],
      { unit: 'M/s', scale: 1, digits: 2, atLeast: 1.4 },
    ),
    ...formatTables(
      'An append message with 64 entries of 100 bytes',
      [...ownAppends(), ...protobufAppends(), ...avroAppends(), ...selfDescribingAppends(), ...jsonAppends()],
      { unit: 'thousand/s', scale: 1_000, digits: 1, atLeast: 2 },
    ),
    checksumTable('Checksums of 4 KiB', 4_096),
    checksumTable('Checksums of 64 bytes', 64),
  ]
}

/** Those that are given the same message as ours. JSON with payloads as text is there to compare. */
const PEERS = [...PROTOBUFS, ...AVRO, ...SELF_DESCRIBING, BASE64]

const COPIES =
  'Byte arrays in decoded values are views of the input. They are copies in avsc, JSON and ours, unless it says views.'

interface Rate {
  readonly unit: string
  readonly scale: number
  readonly digits: number
  /** How many times as fast as the fastest peer a round trip of ours with views has to be. */
  readonly atLeast: number
}

function formatTables(message: string, contenders: readonly Contender[], rate: Rate): readonly Table[] {
  const { unit, scale, digits, atLeast } = rate
  const bars: readonly Bar[] = [
    { ours: VIEWS, peers: PEERS, atLeast },
    { ours: COMPILED, peers: PEERS, atLeast: 1 }, // most peers don't copy
  ]
  const encoders = contenders.filter(({ name }) => name !== VIEWS) // `views` changes nothing about encoding
  return [
    {
      title: `${message}, encoded and decoded`,
      note: COPIES,
      unit,
      digits,
      cases: casesOf(contenders, 'roundTrips', scale),
      bars,
    },
    { title: `${message}, encoded`, unit, digits, cases: casesOf(encoders, 'encodes', scale), bars: [] },
    {
      title: `${message}, decoded`,
      note: COPIES,
      unit,
      digits,
      cases: casesOf(contenders, 'decodes', scale),
      bars: [],
    },
    {
      title: `${message}, its length`,
      unit: 'bytes',
      digits: 0,
      cases: casesOf(encoders, 'length'),
      bars: [{ ours: COMPILED, peers: AVRO, atMost: 1 }], // the shortest of the peers
    },
  ]
}

function checksumTable(title: string, length: number): Table {
  return { title, unit: 'MB/s', digits: 0, cases: checksumCases(length), bars: [] }
}

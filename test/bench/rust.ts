/** Rust's own channel, compiled by `rustc -O` when it is installed. Its messages cross threads; ours don't. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Case, Skipped } from './measure.ts'
import { rustVersion } from './versions.ts'

const version = rustVersion()

export function rustCases(producers: number): readonly Case[] {
  return [
    rustCase(`Rust ${version ?? ''} std sync_channel(1024), across threads`, 'bounded', producers),
    rustCase(`Rust ${version ?? ''} std channel(), across threads (unbounded)`, 'unbounded', producers),
  ]
}

function rustCase(name: string, kind: string, producers: number): Case {
  return { name, measure: () => (version === undefined ? noCompiler() : measure(kind, producers)) }
}

async function noCompiler(): Promise<Skipped> {
  return { skipped: 'needs rustc' }
}

async function measure(kind: string, producers: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'quorum-bench-'))
  try {
    const program = join(folder, 'mpsc')
    execFileSync('rustc', ['-O', '-o', program, join(import.meta.dirname, 'rust/mpsc.rs')])
    const count = 8_000_000
    const { stdout } = await promisify(execFile)(program, [kind, String(producers), String(count)])
    const [sum, perSecond] = stdout.trim().split(' ').map(Number)
    if (sum !== (count * (count - 1)) / 2) throw new Error(`the messages received add up to ${sum}: some were lost`)
    return (perSecond ?? Number.NaN) / 1e6
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Where a run comes from: the reader's own checks, by the local site; a file
 * that the reader opens; or the example that comes with the page.
 */
import { type ReplayEntry, replayAddress, replayName } from '../../live/replay-address.ts'
import { RUN_LETTERS_MAX } from './run.ts'

export type Fetched = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly sentence: string }

/** The runs of failing checks, latest first. None when the local site does not answer. */
export async function listRuns(): Promise<readonly ReplayEntry[]> {
  try {
    const response = await fetch(replayAddress)
    const list: unknown = response.ok ? await response.json() : []
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}

export async function fetchRun(name: string): Promise<Fetched> {
  if (!replayName.test(name)) return { ok: false, sentence: `“${name}” can't be the name of a run.` }
  try {
    const response = await fetch(replayAddress + name)
    if (response.ok) return { ok: true, text: await response.text() }
    const isMissing = response.status === 404
    const sentence = isMissing
      ? `There is no run named ${name} in .data/replays any more: run its check again.`
      : `The local site did not hand out ${name}: it said ${response.status}.`
    return { ok: false, sentence }
  } catch {
    return { ok: false, sentence: `${name} could not be fetched: has npm start been stopped?` }
  }
}

export async function readFile(file: File): Promise<Fetched> {
  if (file.size > RUN_LETTERS_MAX) {
    return {
      ok: false,
      sentence: `${file.name} is larger than ${RUN_LETTERS_MAX / 1024 / 1024} MB: too much for this page.`,
    }
  }
  try {
    return { ok: true, text: await file.text() }
  } catch {
    return { ok: false, sentence: `${file.name} could not be read.` }
  }
}

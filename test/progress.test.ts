import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { forgetProgress, progressFile, readProgress, recordProgress } from '../chapters/progress.ts'
import type { CheckReport } from './checks/report.ts'

function report(exercise: string, state: CheckReport['state'], passed: number, failed: number): CheckReport {
  const checks = [
    ...Array.from({ length: passed }, (_, n) => ({ name: `passes ${n}`, state: 'passed' }) as const),
    ...Array.from({ length: failed }, (_, n) => ({ name: `fails ${n}`, state: 'failed' }) as const),
  ]
  return { exercise, state, checks, tested: [], printed: [], durationMs: 1 }
}

describe('progress', () => {
  let root = ''
  let said: string[] = []
  const say = (message: string) => said.push(message)

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'quorum-progress-'))
    said = []
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  test('nothing is done before the first run, and nobody is bothered with it', () => {
    expect(readProgress(root, say)).toEqual({})
    expect(said).toEqual([])
  })

  test('the last outcome of each exercise is kept', () => {
    recordProgress(root, report('1.1', 'failed', 3, 4), say)
    recordProgress(root, report('1.2', 'passed', 5, 0), say)
    recordProgress(root, report('1.1', 'passed', 7, 0), say)
    expect(readProgress(root, say)).toEqual({
      '1.1': { state: 'passed', passed: 7, failed: 0 },
      '1.2': { state: 'passed', passed: 5, failed: 0 },
    })
    expect(Object.keys(readProgress(root, say)), 'the one that was run last is offered again').toEqual(['1.2', '1.1'])
    expect(readdirSync(root), 'nothing else is left behind').toEqual([progressFile])
  })

  test('a run that does not count is not a pass, whatever its checks say', () => {
    recordProgress(root, report('1.1', 'broken', 7, 0), say)
    expect(readProgress(root, say)['1.1']?.state).toBe('failed')
  })

  test('an exercise that was put back is not done any more', () => {
    recordProgress(root, report('1.1', 'passed', 7, 0), say)
    recordProgress(root, report('1.2', 'passed', 7, 0), say)
    forgetProgress(root, '1.1', say)
    expect(Object.keys(readProgress(root, say))).toEqual(['1.2'])
  })

  const damaged = [
    '',
    '{ "version": 1, "exer',
    '[]',
    'null',
    '{ "version": 2, "exercises": {} }',
    '{ "version": 1, "exercises": { "1.1": { "state": "done", "passed": 1, "failed": 0 } } }',
    '{ "version": 1, "exercises": { "1.1": { "state": "passed", "passed": -1, "failed": 0 } } }',
  ]
  test.each(damaged)('a damaged file is moved aside and not thrown away: %j', (text) => {
    writeFileSync(join(root, progressFile), text)
    expect(readProgress(root, say)).toEqual({})
    expect(said.join()).toContain('.progress.json is damaged. It is kept as .progress.json.corrupt')
    expect(readFileSync(join(root, `${progressFile}.corrupt`), 'utf8')).toBe(text)
    recordProgress(root, report('1.1', 'passed', 1, 0), say)
    expect(said, 'said once').toHaveLength(1)
  })

  test('a second damaged file does not overwrite the first', () => {
    for (const text of ['first', 'second']) {
      writeFileSync(join(root, progressFile), text)
      readProgress(root, say)
    }
    expect(readdirSync(root)).toEqual(['.progress.json.corrupt', '.progress.json.corrupt-2'])
  })

  test('a file that cannot be read or written ends in a message, not in an exception', () => {
    mkdirSync(join(root, progressFile))
    expect(readProgress(root, say)).toEqual({})
    expect(said.join()).toContain(".progress.json can't be read (EISDIR)")
    recordProgress(root, report('1.1', 'passed', 1, 0), say)
    expect(said.at(-1)).toContain(".progress.json can't be written")
    expect(readdirSync(root), 'no half-written file stays').toEqual([progressFile])
  })

  test('a folder that is not there ends in a message too', () => {
    recordProgress(join(root, 'nowhere'), report('1.1', 'passed', 1, 0), say)
    expect(said.join()).toContain(".progress.json can't be written (ENOENT): this result is not kept")
    expect(existsSync(join(root, 'nowhere'))).toBe(false)
  })
})

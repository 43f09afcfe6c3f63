/** The same seed gives the same run in a browser as in Node: the golden file was written by Node. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, defaultClientConditions } from 'vite'
import { expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'

const root = join(import.meta.dirname, '../..')

test('a seed gives the same run in a browser as in Node', async () => {
  const golden = readFileSync(join(root, 'test/01-message-passing/golden/eventful-run.txt'), 'utf8')
  await using browser = await launchBrowser()
  const page = await browser.newPage()
  await page.addScriptTag({ content: await bundle('test/01-message-passing/programs/eventful-run.ts') })
  const hashes: string[] = []
  for (const seed of [1, 2, 3]) {
    const hash = await page.evaluate(`eventfulRun.hashOfEventfulRun(${seed})`)
    hashes.push(`seed ${seed}: ${hash}`)
  }
  expect(`${hashes.join('\n')}\n`).toBe(golden)
})

/** One script that a page can run, which puts what `file` exports into the global `eventfulRun`. */
async function bundle(file: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: [...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(root, file), formats: ['iife'], name: 'eventfulRun' },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (output === undefined || !('output' in output)) throw new Error(`${file} gave no bundle`)
  return output.output[0].code
}

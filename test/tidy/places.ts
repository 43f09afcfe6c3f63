/** The project names no machine on which it happens to be: no home folder, no drive, no package registry. */
import { readersFile, ruleFile } from './book.ts'
import type { Rule, Violation } from './rule.ts'

const places: readonly (readonly [RegExp, string])[] = [
  [/(?<![\w.])\/(?:home|Users|root|work)\/[\w.-]+/, 'write the path from the root of the project'],
  [/\b[A-Z]:\\\\?(?:Users|Documents|Program)/, 'write the path from the root of the project'],
  [/\bfile:\/\/\/(?:home|Users|root|work)\b/, 'write the path from the root of the project'],
  [/\b(?:registry|npm\.pkg|packages?)\.[a-z0-9-]+\.[a-z]{2,}\b/, 'leave it to the configuration of whoever installs'],
]

export const noPlaceOfTheMachine: Rule = {
  name: "no file names a machine's folders or a package registry",
  check: (tree) =>
    tree.paths
      .filter((path) => !ruleFile.test(path) && !readersFile.test(path))
      .flatMap((path) =>
        tree.lines(path).flatMap(({ number, text }) =>
          places.flatMap(([place, instead]): readonly Violation[] => {
            const found = place.exec(text)?.[0]
            if (found === undefined) return []
            return [{ file: path, line: number, problem: `${found} exists on one machine only`, instead }]
          }),
        ),
      ),
  bad: [
    { files: { 'docs/a.md': '\nOpen /home/ada/quorum/docs.' }, at: 'docs/a.md:2' },
    { files: { '.ci/run': 'cd /root/checkout' }, at: '.ci/run:1' },
    { files: { 'package-lock.json': '"resolved": "https://registry.example.org/ws.tgz"' }, at: 'package-lock.json:1' },
    { files: { 'chapters/run.ts': "open('C:\\\\Users\\\\ada')" }, at: 'chapters/run.ts:1' },
  ],
  good: [
    { 'chapters/01-a/b.ts': '// see /home/ada/notes' },
    {
      'docs/a.md': 'Open docs/home/x and /01-a/1.1-b, look at https://example.org/home/ada',
      'a.ts': 'import.meta.url',
    },
  ],
}

/**
 * Rules about single lines of code that Biome and tsc don't have.
 *
 * Theirs are: `any`, `!`, `var`, `enum`, namespaces, parameter properties,
 * default exports and ts-ignore comments (biome.json); erasable syntax only, and
 * everything about types (tsconfig.json).
 */
import ts from 'typescript'
import { isOurCode, testFile } from './book.ts'
import type { Rule, Violation } from './rule.ts'
import { lineOf, nodesOf, type Tree } from './tree.ts'

export const castsGiveReasons: Rule = {
  name: 'a cast has its reason in a comment, on its line or the line above',
  check: (tree) =>
    inCode(tree, () => true).flatMap(([path, file]) => {
      const lines = tree.lines(path).map(({ text }) => text)
      return nodesOf(file).flatMap((node): readonly Violation[] => {
        if (!(ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) || isConst(node.type)) return []
        if (ts.isAsExpression(node.parent)) return [] // `as unknown as T` is one cast
        const first = lineOf(node, file)
        const last = file.getLineAndCharacterOfPosition(node.end).line + 1
        const near = [lines[first - 2]?.trim() ?? '', ...lines.slice(first - 1, last)]
        const hasReason = near.some((line, index) => (index === 0 ? /^(?:\/\/|\*|\/\*)/ : /\/\/ \S|\*\//).test(line))
        if (hasReason) return []
        const problem = `\`as ${node.type.getText(file).replace(/\s+/g, ' ')}\` gives no reason`
        const instead = 'narrow the type with a check; if that is impossible, say in a comment why the cast is true'
        return [{ file: path, line: first, problem, instead }]
      })
    }),
  bad: [
    { files: { 'solutions/01-a/b.ts': '\nconst first = slots[0] as Item\n' }, at: 'solutions/01-a/b.ts:2' },
    { files: { 'test/a.test.ts': '// a comment\n\nconst first = <Item>slots[0]\n' }, at: 'test/a.test.ts:3' },
    { files: { '.vitepress/A.vue': '<script setup>\nconst a = b as C\n</script>\n' }, at: '.vitepress/A.vue:2' },
  ],
  good: [
    { 'solutions/01-a/b.ts': 'const first = slots[0] as Item // `add` filled it\n' },
    {
      'solutions/01-a/b.ts': 'const manifest = JSON.parse(text) as {\n  readonly name: string\n} // what npm demands\n',
    },
    { 'solutions/01-a/b.ts': '// `add` filled it\nconst first = slots[0] as Item\nconst names = ["a"] as const\n' },
    { 'solutions/01-a/b.ts': 'const first = slots[0] as unknown as Item // `add` filled it\n' },
    { 'chapters/01-a/b.ts': 'const first = slots[0] as Item\n' },
  ],
}

export const noModuleState: Rule = {
  name: 'no state lives at the level of a module',
  check: (tree) =>
    inCode(tree, (path) => !testFile.test(path) && !path.endsWith('.vue')).flatMap(([path, file]) =>
      [...file.statements.flatMap(variablesOf), ...nodesOf(file).flatMap(mutableStatics)].map((node) => ({
        file: path,
        line: lineOf(node, file),
        problem: `${node.name.getText(file)} can change, and everybody who imports the module shares it`,
        instead: 'make it a private field of a class, and let whoever needs it hold an instance',
      })),
    ),
  bad: [
    { files: { 'solutions/01-a/b.ts': '\nlet next = 0\n' }, at: 'solutions/01-a/b.ts:2' },
    { files: { 'chapters/progress.ts': 'const cache = new Map<string, string>()\n' }, at: 'chapters/progress.ts:1' },
    { files: { '.vitepress/a.ts': 'export const seen: string[] = []\n' }, at: '.vitepress/a.ts:1' },
    { files: { 'solutions/01-a/b.ts': 'class Task {\n  static #next = 0\n}\n' }, at: 'solutions/01-a/b.ts:2' },
  ],
  good: [
    {
      'solutions/01-a/b.ts':
        'const sizeMax = 5\nconst names: ReadonlySet<string> = new Set(["a"])\nconst none: readonly string[] = []\n',
    },
    {
      'solutions/01-a/b.ts':
        'class Task {\n  static readonly limit = 1\n  #count = 0\n}\nfunction f() {\n  let n = 0\n}\n',
    },
    { 'test/site/a.test.ts': 'let browser: Browser\n' },
    { '.vitepress/A.vue': '<script setup>\nlet own = 1\n</script>\n' },
  ],
}

/** `let`, `var`, and containers that begin empty, which can only be there to be filled. */
function variablesOf(statement: ts.Statement): readonly ts.VariableDeclaration[] {
  if (!ts.isVariableStatement(statement) || isAmbient(statement)) return []
  const { declarations, flags } = statement.declarationList
  return declarations.filter((each) => !(flags & ts.NodeFlags.Const) || isThereToBeFilled(each))
}

function mutableStatics(node: ts.Node): readonly ts.PropertyDeclaration[] {
  if (!ts.isPropertyDeclaration(node)) return []
  const modifiers = (ts.getModifiers(node) ?? []).map((modifier) => modifier.kind)
  const isStatic = modifiers.includes(ts.SyntaxKind.StaticKeyword)
  return isStatic && !modifiers.includes(ts.SyntaxKind.ReadonlyKeyword) ? [node] : []
}

function isAmbient(statement: ts.VariableStatement): boolean {
  return (ts.getModifiers(statement) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.DeclareKeyword)
}

function isThereToBeFilled({ initializer: value, type }: ts.VariableDeclaration): boolean {
  if (value === undefined || /^readonly\b/i.test(type?.getText() ?? '')) return false
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0
  if (!ts.isNewExpression(value) || (value.arguments?.length ?? 0) > 0) return false
  return /^(?:Weak)?(?:Map|Set)$|^Array$/.test(value.expression.getText())
}

function isConst(type: ts.TypeNode): boolean {
  return ts.isTypeReferenceNode(type) && type.typeName.getText() === 'const'
}

/** Our files with their syntax. The script of a `.vue` file runs once for each component, and holds its state. */
function inCode(tree: Tree, wanted: (path: string) => boolean): readonly (readonly [string, ts.SourceFile])[] {
  return tree.paths.filter((path) => isOurCode(path) && wanted(path)).map((path) => [path, tree.syntax(path)] as const)
}

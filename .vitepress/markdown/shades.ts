/**
 * The colours of code, few and quiet: ink for the program, one colour for
 * keywords, one for text and numbers, one for names of types, and comments that
 * read like the prose beside them.
 */
import type { ThemeOptions } from 'vitepress'

type CodeTheme = Extract<ThemeOptions, { readonly light: unknown }>['light']

interface Shades {
  readonly name: string
  readonly type: 'light' | 'dark'
  readonly ink: string
  readonly paper: string
  readonly comment: string
  readonly keyword: string
  readonly literal: string
  readonly typeName: string
  readonly callee: string
  readonly mark: string
}

export const light = theme({
  name: 'quorum-light',
  type: 'light',
  ink: '#22272e',
  paper: '#f5f6f6',
  comment: '#5a6b66',
  keyword: '#8a3a62',
  literal: '#855308',
  typeName: '#0f6278',
  callee: '#2b4b8f',
  mark: '#59626b',
})

export const dark = theme({
  name: 'quorum-dark',
  type: 'dark',
  ink: '#d9dee2',
  paper: '#1c2226',
  comment: '#93a59f',
  keyword: '#dd9cbd',
  literal: '#dcb36e',
  typeName: '#7cc5d8',
  callee: '#a3bdf0',
  mark: '#9aa5ad',
})

function theme(shades: Shades): CodeTheme {
  const { name, type, ink, paper, comment, keyword, literal, typeName, callee, mark } = shades
  const colour = (scope: string[], foreground: string, fontStyle?: string) => ({
    scope,
    settings: fontStyle === undefined ? { foreground } : { foreground, fontStyle },
  })
  return {
    name,
    type,
    colors: { 'editor.background': paper, 'editor.foreground': ink },
    settings: [
      { settings: { foreground: ink, background: paper } },
      colour(['comment', 'punctuation.definition.comment'], comment, 'italic'),
      colour(
        ['keyword', 'storage', 'keyword.operator.new', 'keyword.operator.expression', 'variable.language'],
        keyword,
      ),
      colour(['string', 'constant.numeric', 'constant.language', 'punctuation.definition.string'], literal),
      colour(['entity.name.type', 'support.type', 'support.class', 'entity.other.inherited-class'], typeName),
      colour(['entity.name.function', 'support.function'], callee),
      colour(['punctuation', 'keyword.operator', 'meta.brace', 'storage.type.function.arrow'], mark),
      colour(['markup.inserted'], typeName),
      colour(['markup.deleted'], keyword),
    ],
  }
}

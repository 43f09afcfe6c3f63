/**
 * What a program printed, as a block of the page. Each line is an element of its
 * own. In lines that are columns the first column is one too: on a narrow screen
 * it wraps, and stays in its place when the others are scrolled.
 */

/** Longer outputs are shown in part, scroll, and say so. */
const WHOLE_LINES_MAX = 45

/** What fits on a phone needs no first column that stays. */
const PHONE_LENGTH_MAX = 48

/** The letters of a table that stand beside each other on a phone, and those that its first column has at least. */
const PHONE_TABLE_LENGTH = 50
const FIRST_LENGTH_MIN = 17

const COLUMN_LINES_MIN = 3

/** A block of the page with `text` in it, and a line below it that says where it comes from. */
export function printedBlock(text: string, caption: string): string {
  const lines = text.split('\n')
  const isLong = lines.length > WHOLE_LINES_MAX
  const more = isLong ? `<span class="printed-more">; ${lines.length} lines, scroll for the rest</span>` : ''
  const code = paragraphsOf(lines).map(paragraphHtml).join('')
  return [
    `<figure class="printed${isLong ? ' is-long' : ''}"><div class="language-text">`,
    `<pre tabindex="0" v-pre><code>${code}</code></pre>`,
    `</div><figcaption>${caption}${more}</figcaption></figure>\n`,
  ].join('')
}

/** Lines with text one after the other, and each empty line alone. */
function paragraphsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const paragraphs: string[][] = []
  let open: string[] | undefined
  for (const line of lines) {
    if (line.trim() === '') {
      paragraphs.push([line])
      open = undefined
    } else if (open === undefined) {
      open = [line]
      paragraphs.push(open)
    } else open.push(line)
  }
  return paragraphs
}

function paragraphHtml(lines: readonly string[]): string {
  const width = firstColumnOf(lines)
  if (width === undefined) return lines.map((line) => `<span class="line">${escaped(line)}\n</span>`).join('')
  const rest = Math.max(...lines.map((line) => line.length)) - width
  const narrow = Math.min(width, Math.max(FIRST_LENGTH_MIN, PHONE_TABLE_LENGTH - rest))
  const style = `style="--first: ${narrow}ch"`
  const rows = lines.map((line) => [escaped(line.slice(0, width)), escaped(line.slice(width))])
  return rows
    .map(([first, rest]) => `<span class="line row"><span class="first" ${style}>${first}</span>${rest}\n</span>`)
    .join('')
}

/**
 * How many characters the first column takes with the gap behind it, if the lines
 * are columns and are too wide for a phone: two spaces or more at the same place in
 * all lines, something behind them, and before them too except in up to two lines of heads.
 */
function firstColumnOf(lines: readonly string[]): number | undefined {
  const longest = Math.max(...lines.map((line) => line.length))
  if (lines.length < COLUMN_LINES_MIN || longest <= PHONE_LENGTH_MAX) return undefined
  const isGap = (at: number) => lines.every((line) => (line[at] ?? ' ') === ' ')
  for (let at = 1; at < longest; at++) {
    if (!isGap(at) || !isGap(at + 1)) continue
    const named = lines.filter((line) => line.slice(0, at).trim() !== '').length
    if (named < Math.max(2, lines.length - 2)) continue
    if (lines.some((line) => line.slice(at).trim() === '')) return undefined
    let end = at
    while (isGap(end)) end++
    return end
  }
  return undefined
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

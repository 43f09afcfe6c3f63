/** The page for wrong addresses is drawn by a script. This puts its message there for readers who have scripts off. */
export function readableWithoutScripts(html: string): string {
  const message =
    '<noscript><main class="alone"><div class="prose not-found"><h1>This message was not delivered</h1>' +
    '<p>There is no page at this address.</p><p><a href="/">To the contents</a></p></div></main></noscript>'
  return html.replace('<div id="app"></div>', `<div id="app"></div>${message}`)
}

/**
 * One turn of the browser's event loop, the twin of `macrotask.node`.
 * A `MessageChannel` and not `setTimeout`: browsers stretch nested timeouts to 4 ms.
 */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

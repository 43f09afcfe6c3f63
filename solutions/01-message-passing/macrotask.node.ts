/**
 * One turn of Node's event loop. Every promise that can settle without outside
 * help has settled when it is over, since microtasks run before the next turn.
 */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

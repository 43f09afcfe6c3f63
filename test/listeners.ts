/**
 * Counts who listens to a signal. A wait that is over and still listens is kept
 * alive by the signal, and a loop of a million waits keeps a million of them.
 */

/** Begins to count. The function that it answers says how many listen to `signal` now. */
export function countListeners(signal: AbortSignal): () => number {
  const listeners = new Set<unknown>()
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ) => {
    if (listener === null) return
    listeners.add(listener)
    const ended = typeof options === 'object' ? options.signal : undefined
    ended?.addEventListener('abort', () => listeners.delete(listener), { once: true })
    add(type, listener, options)
  }
  signal.removeEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ) => {
    listeners.delete(listener)
    if (listener !== null) remove(type, listener, options)
  }
  return () => listeners.size
}

/** The full name of a check: its groups and its sentence. */

interface Named {
  readonly name: string
  readonly suite?: Named | undefined
}

/** `'backpressure: a send into a full channel waits'` */
export function nameOf(task: Named): string {
  const names: string[] = []
  for (let part: Named | undefined = task; part !== undefined; part = part.suite) {
    if (part.name !== '') names.unshift(part.name)
  }
  return names.join(': ')
}

/**
 * Runs test files in the order in which a page presents them, and not the slowest
 * or the last broken first. The tests of the book come before all checks: some of
 * them take long, and nobody should wait for one alone at the end.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

export class PageOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ project, moduleId }: TestSpecification) =>
      `${project.name === 'book' ? 0 : 1} ${moduleId.replace(/\.test\.ts$/, '')}`
    return files.toSorted((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
  }
}

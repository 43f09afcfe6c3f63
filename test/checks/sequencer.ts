/** Runs test files in the order in which a page presents them, and not the slowest or the last broken first. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

export class PageOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = (file: TestSpecification) => file.moduleId.replace(/\.test\.ts$/, '')
    return files.toSorted((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1))
  }
}

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where the long files are, the longest first: one that begins last is waited for alone. */
const long = [/\/torture\/kill\.test/u, /\/e2e\//u, /\/torture\//u, /\/electron\//u, /\/flow\//u, /\/docs\//u];

/** Begins with the long files; the others come in the usual order. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = [...(await super.sort(files))]; // oxlint-disable-line unicorn/no-array-sort
    const rank = ({ moduleId }: TestSpecification) => {
      const found = long.findIndex((form) => form.test(moduleId));
      return found < 0 ? long.length : found;
    };
    return usual.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** One trap of a client library, as the table of `npm run traps` shows it. */
export type Trap = {
  /** Short and stable: `retry-shared`. */
  readonly id: string;
  /** What the library, left alone, does to us. */
  readonly trap: string;
  /** What our gateway does instead. */
  readonly remedy: string;
  /** The name of the test that holds it, word for word; unique in the file. */
  readonly test: string;
};

/** `npm run traps -- --bare`: each test holds its expectation against the library as it comes, and must fail. */
export const BARE = process.env['TASUKI_BARE'] === '1';

export type BadRow = { file: string; line: number; reason: string };

export type LoadReport = {
  /** Rows read per file, the header and blank lines aside. */
  rows: Record<string, number>;
  /** Records made per system and object, such as `hubspot.contacts`. */
  loaded: Record<string, number>;
  bad: BadRow[];
};

/** Why one row cannot be used. The others are not affected. */
export class RowRefusal extends Error {
  override name = 'RowRefusal';
}

/** The plan cannot be followed. Names every fault at once, each with file, line and column. */
export class LoadPlanInvalid extends Error {
  override name = 'LoadPlanInvalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

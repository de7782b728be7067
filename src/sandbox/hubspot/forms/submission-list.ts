import type { Submission } from './form.ts';

export type SubmissionPage = { page: readonly Submission[]; next: string | undefined };

/** What one form received, in the order of time. */
export class SubmissionList {
  /** Oldest first: submissions nearly always come in that order. */
  readonly #submissions: Submission[] = [];

  add(submission: Submission): void {
    const place = this.#submissions.findLastIndex((earlier) => compare(earlier, submission) < 0) + 1;
    this.#submissions.splice(place, 0, submission);
  }

  /**
   * Newest first. A page goes on from the submission that ended the last one, not from a count, so that what comes in
   * between two pages neither repeats nor hides anything.
   */
  page(limit: number, after: string | undefined): SubmissionPage {
    const end = after === undefined ? this.#submissions.length : this.#olderThan(after);
    const page = this.#submissions.slice(Math.max(0, end - limit), end).toReversed();
    const last = page.at(-1);
    return { page, next: last === undefined || end <= limit ? undefined : `${last.submittedAt}-${last.sequence}` };
  }

  #olderThan(after: string): number {
    const [submittedAt = 0, sequence = 0] = after.split('-').map(Number);
    return this.#submissions.findLastIndex((one) => compare(one, { submittedAt, sequence }) < 0) + 1;
  }
}

type Moment = { readonly submittedAt: number; readonly sequence: number };

function compare(left: Moment, right: Moment): number {
  return left.submittedAt - right.submittedAt || left.sequence - right.sequence;
}

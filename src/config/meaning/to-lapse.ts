import type { Agreement, DeadlineRule, Duration, Lapse, Rung } from '../../domain/agreement/agreement.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import { canonicalEmail } from '../../domain/values/canonical.ts';
import type { WrittenLapse, WrittenTasks } from '../grammar/lapse-grammar.ts';
import type { Context } from './agreement-context.ts';
import { toDuration } from './to-duration.ts';

/** What a lapse leads to, in the domain's words. */
export function toLapse({ task, escalate, 'ticked-off': tickedOff }: WrittenLapse): Lapse {
  return {
    task,
    ...(escalate === undefined ? {} : { escalate: escalate.map(toRung) }),
    ...(tickedOff === 'ask' ? { tickedOff } : {}),
  };
}

/** An address is kept in its canonical form; a role by its name, so that another head takes over with the next agreement. */
function toRung({ after, to }: NonNullable<WrittenLapse['escalate']>[number]): Rung {
  return { after: toDuration(after), to: canonicalEmail(to) ?? to };
}

export function toTasksPerDay(written: WrittenTasks | undefined): Pick<Agreement, 'tasksPerDay'> {
  return written === undefined ? {} : { tasksPerDay: Number.parseInt(written['at-most'], 10) };
}

const WORDS = ['manager', 'deputy'];

/** Each rung names somebody and comes after the one before; nobody is reminded of a deadline before it starts. */
export function complainOfLadder(rule: DeadlineRule, { roles, complaints }: Context): void {
  const { name, within, remind, lapse } = rule;
  if (remind !== undefined && isComparable(within, remind) && !isLess(remind, within))
    complaints.about(
      ['deadlines', name, 'remind'],
      'The reminder would come before the deadline starts, so nobody would ever get it. Write a shorter time than "within".',
    );
  (lapse.escalate ?? []).forEach((rung, nth, rungs) => {
    const path = ['deadlines', name, 'lapse', 'escalate', nth];
    const before = rungs[nth - 1];
    if (before !== undefined && !isLess(before.after, rung.after) && isComparable(before.after, rung.after))
      complaints.about(
        [...path, 'after'],
        'This rung comes no later than the one before it. Both are counted from the lapse: write a longer time.',
      );
    if (WORDS.includes(rung.to) || Object.hasOwn(roles, rung.to) || canonicalEmail(rung.to) !== null) return;
    const known = [...WORDS, ...Object.keys(roles)];
    complaints.about(
      [...path, 'to'],
      `"${rung.to}" is neither a role of the agreement nor an e-mail address.${didYouMean(rung.to, known)} Known: ${known.join(', ')}.`,
    );
  });
}

/** Business days and hours on the wall cannot be told apart without a calendar; of one unit they can. */
function isComparable(one: Duration, other: Duration): boolean {
  return one.unit === other.unit;
}

function isLess(one: Duration, other: Duration): boolean {
  return isComparable(one, other) && one.amount < other.amount;
}

import type { Absence } from '../../domain/people/mapping.ts';
import { canonicalEmail } from '../../domain/values/canonical.ts';
import type { OwnersFile } from '../grammar/owners-grammar.ts';
import type { Complaints } from './complain.ts';

type Written = NonNullable<OwnersFile['absences']>;

/** Who is away when, and who stands in. A deputy who is away as well would leave the Task with nobody. */
export function toAbsences(written: Written, complaints: Complaints): readonly Absence[] {
  const absences = written.map(({ who, deputy, ...days }) => ({ who: address(who), deputy: address(deputy), ...days }));
  absences.forEach((absence, nth) => {
    const path = ['absences', nth];
    const { who, deputy, from, to } = absence;
    if (to < from) {
      complaints.about(
        [...path, 'to'],
        `This absence ends ("${to}") before it begins ("${from}"). The first day comes first.`,
      );
      return;
    }
    if (deputy === who) {
      complaints.about([...path, 'deputy'], `${who} cannot stand in for themself. Name somebody who is there.`);
      return;
    }
    const away = absences.find((other) => other.who === deputy && overlap(other, absence));
    if (away !== undefined)
      complaints.about(
        [...path, 'deputy'],
        `${deputy} is away too, from ${away.from} to ${away.to}. Name somebody who is there from ${from} to ${to}.`,
      );
    const earlier = absences.slice(0, nth).find((other) => other.who === who && overlap(other, absence));
    if (earlier !== undefined)
      complaints.about(
        path,
        `${who} is away already from ${earlier.from} to ${earlier.to}, and nobody could tell which deputy is meant. Write each day once.`,
      );
  });
  return absences;
}

type Span = Pick<Absence, 'from' | 'to'>;

function overlap(one: Span, other: Span): boolean {
  return one.from <= other.to && other.from <= one.to;
}

function address(email: string): string {
  return canonicalEmail(email) ?? email;
}

import type { Policy } from '../../domain/policy.ts';
import type { Agreements, Difference, Judged, Period } from './judge-past.ts';
import { tallyMonths } from './months.ts';
import { namedAs } from './named.ts';
import type { Listed, Replay } from './replay.ts';
import { type SideTally, tallySide } from './tally-side.ts';

/** People who are named at most, of each list; the others are counted. */
const LISTED = 50;

export type Tally = { add(judged: Judged): void; sum(): Replay };

/** Adds people up, one by one: what it remembers does not grow with how many there are. */
export function openTally({ proposed, inForce }: Agreements, period: Period): Tally {
  const { calendar } = proposed.policy;
  const sides = { proposed: tallySide(proposed.policy, period), inForce: sideOf(inForce?.policy, period) };
  const happened = tallyMonths(period, calendar);
  const newly = tallyList();
  const dropped = tallyList();
  const fields = new Map<string, number>();
  let [people, recorded, earlier, later, incomplete] = [0, 0, 0, 0, 0];
  return {
    add(judged) {
      people += 1;
      if (judged.isRecorded) recorded += 1;
      if (judged.gaps.length > 0) incomplete += 1;
      for (const field of judged.gaps) fields.set(field, (fields.get(field) ?? 0) + 1);
      sides.proposed.add(judged.proposed, judged);
      if (judged.inForce !== null) sides.inForce?.add(judged.inForce, judged);
      for (const entry of judged.happened) happened.add(entry.stage, entry.at);
      for (const one of judged.newly) newly.add(judged, one);
      for (const one of judged.dropped) dropped.add(judged, one);
      earlier += judged.moved.filter(({ byMs }) => byMs < 0).length;
      later += judged.moved.filter(({ byMs }) => byMs > 0).length;
    },
    sum: () => ({
      ...period,
      people,
      recorded,
      proposed: sides.proposed.sum(),
      inForce: sides.inForce?.sum() ?? null,
      happened: happened.sum(),
      newly: newly.sum(),
      dropped: dropped.sum(),
      earlier,
      later,
      gaps: {
        people: incomplete,
        fields: [...fields]
          .map(([field, count]) => ({ field, people: count }))
          .toSorted((one, other) => other.people - one.people || (one.field < other.field ? -1 : 1)),
      },
    }),
  };
}

function sideOf(policy: Policy | undefined, period: Period): SideTally | null {
  return policy === undefined ? null : tallySide(policy, period);
}

/** The earliest of a list, and how many there are. */
function tallyList() {
  let count = 0;
  let people: Listed['people'] = [];
  return {
    add({ today }: Judged, difference: Difference) {
      count += 1;
      people = [...people, { ...namedAs(today), ...difference }].toSorted(inOrder).slice(0, LISTED);
    },
    sum: (): Listed => ({ count, people }),
  };
}

function inOrder(one: Listed['people'][number], other: Listed['people'][number]): number {
  return one.at - other.at || (one.person < other.person ? -1 : 1);
}

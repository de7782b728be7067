import { toLocal } from '../../domain/calendar/local-time.ts';
import { shiftOn } from '../../domain/calendar/working-time.ts';
import { calendarOfTeam } from '../../domain/clocks/office-time.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Judged, Period, Side } from './judge-past.ts';
import { daysOf, mondayOf, tallyMonths } from './months.ts';
import { isOfContact, type PromiseKept } from './promises.ts';
import type { Load, ReplaySide } from './replay.ts';
import type { Reached } from './walk.ts';

export type SideTally = { add(side: Side, judged: Judged): void; sum(): ReplaySide };

/** What the period comes to under one agreement. */
export function tallySide(policy: Policy, period: Period): SideTally {
  const { agreement, calendar } = policy;
  const months = tallyMonths(period, calendar);
  const loads = teamsOf(policy).map((team) => tallyLoad(team, policy, period));
  const ends = new Map(agreement.deadlines.filter(isOfContact).map(({ name }) => [name, emptyEnds()]));
  let [mqls, won, openOrWon, unknown] = [0, 0, 0, 0];
  return {
    add({ reached, promises, unknown: lacking }, { deal }) {
      for (const { stage, at } of reached) months.add(stage, at);
      for (const load of loads) load.add(reached);
      for (const { deadline, end } of promises) ends.get(deadline)![end] += 1;
      if (lacking.length > 0) unknown += 1;
      if (!reached.some(({ stage }) => stage === 'MQL')) return;
      mqls += 1;
      if (deal.won) won += 1;
      if (deal.won || deal.open) openOrWon += 1;
    },
    sum: () => ({
      version: agreement.version,
      months: months.sum(),
      hits: { mqls, won, openOrWon },
      load: loads.map((load) => load.sum()),
      deadlines: [...ends].map(([deadline, counts]) => ({ deadline, ...counts })),
      unknown,
    }),
  };
}

function emptyEnds(): Record<PromiseKept['end'], number> {
  return { kept: 0, lapsed: 0, open: 0, unread: 0 };
}

function teamsOf({ agreement }: Policy): readonly string[] {
  return [...new Set(agreement.stages.flatMap(({ handOff }) => handOff?.to ?? []))];
}

/** What a team receives in each week in which its office works at all. */
function tallyLoad(team: string, policy: Policy, period: Period) {
  const calendar = calendarOfTeam(team, policy);
  const open = daysOf(period, calendar).filter((day) => 'closes' in shiftOn(day, calendar));
  const weeks = new Map(open.map((day) => [mondayOf(day), 0]));
  const isTheirs = ({ stage, by }: Reached) =>
    by !== 'history' && policy.agreement.stages.some((rule) => rule.stage === stage && rule.handOff?.to === team);
  return {
    add(reached: readonly Reached[]) {
      for (const entry of reached.filter(isTheirs)) {
        const week = mondayOf(toLocal(entry.at, calendar).day);
        weeks.set(week, (weeks.get(week) ?? 0) + 1);
      }
    },
    sum: (): Load => ({
      team,
      members: policy.owners.teams[team]?.members.length ?? 0,
      weeks: [...weeks]
        .map(([week, received]) => ({ week, received }))
        .toSorted((one, other) => (one.week < other.week ? -1 : 1)),
    }),
  };
}

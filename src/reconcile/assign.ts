import type { HandOff } from '../domain/agreement/agreement.ts';
import { toLocal } from '../domain/calendar/local-time.ts';
import { absenceNow, calendarOfTeam } from '../domain/clocks/office-time.ts';
import type { Team } from '../domain/people/mapping.ts';
import type { Finding } from '../domain/people/person.ts';
import type { DirectoryEntry } from '../domain/people/record.ts';
import { dayCount, roundOf, type Turn } from '../domain/people/turns.ts';
import { searchable } from '../domain/values/reading.ts';
import type { Value } from '../domain/values/value.ts';
import type { PersonView, PlanContext } from './context.ts';
import { fieldValue } from './judgement.ts';
import { OWNER_PROPERTY, userBehindSeat, userOrQueue } from './owner.ts';

/** Why somebody receives a record. */
export type AssignedBy = 'existing-owner' | 'round-robin' | 'territory' | 'queue' | 'full' | 'unmatched';

/** Who receives a person, and why. */
export type Assignment = {
  readonly owner: DirectoryEntry;
  readonly why: AssignedBy;
  /** What it takes: a turn of the rotation, a place of the day. Reserved in the one serial step in which it is planned. */
  readonly takes: readonly Turn[];
  readonly open: readonly Finding[];
};

/** How far a count has come. */
export type CountOf = (of: string) => number;

/**
 * Chooses who receives somebody: who has them already in HubSpot, where that is an active user in Salesforce (`keeping`: only one of this
 * team); else whose turn it is among those of their territory, or of the team; else the team's queue, else the place for what nobody can
 * own. `null` when even that is unknown.
 *
 * Who has left, is away, or has had what a day gives them is passed over. Are all of them full, the queue has the person at once: waiting for
 * tomorrow would be to wait unseen, while the promise to contact them does not begin.
 */
export function assignOwner(
  view: PersonView,
  to: HandOff['to'],
  countOf: CountOf,
  context: PlanContext,
  keeping: 'as-agreed' | 'team' = 'as-agreed',
): Assignment | null {
  const { teams, unmatched } = context.policy.owners;
  const team = teams[to];
  const existing = existingOwner(view, team, keeping, context);
  if (existing !== null)
    return { owner: existing, why: 'existing-owner', takes: placeOf(existing, to, countOf, context), open: [] };
  const chosen = memberInTurn(view, to, countOf, context);
  if ('owner' in chosen) return chosen;
  const queue = userOrQueue(team?.queue ?? null, context.directory);
  if (queue !== null)
    return { owner: queue, why: chosen.full ? 'full' : 'queue', takes: [], open: told(chosen, to, context) };
  const last = userOrQueue(unmatched, context.directory);
  return last === null ? null : { owner: last, why: 'unmatched', takes: [], open: told(chosen, to, context) };
}

/** Does this user answer for the team: as a member, or as its manager? */
export function isOfTeam({ email }: Pick<DirectoryEntry, 'email'>, team: Team | undefined): boolean {
  return email !== null && team !== undefined && (team.members.includes(email) || team.manager === email);
}

function existingOwner(
  { contact }: PersonView,
  team: Team | undefined,
  keeping: 'as-agreed' | 'team',
  context: PlanContext,
): DirectoryEntry | null {
  const user = userBehindSeat(contact?.values[OWNER_PROPERTY], context);
  if (user === null || ((keeping === 'team' || team?.existingOwner === 'team') && !isOfTeam(user, team))) return null;
  return user;
}

type Nobody = { readonly full: boolean };

/** Whose turn it is, in the territory first. */
function memberInTurn(view: PersonView, to: string, countOf: CountOf, context: PlanContext): Assignment | Nobody {
  const team = context.policy.owners.teams[to];
  if (team === undefined || team.assign === 'queue') return { full: false };
  const rounds =
    team.territories === undefined
      ? [{ key: to, members: team.members, why: 'round-robin' as const }]
      : territoriesOf(view, to, team.territories, context);
  let full = false;
  for (const { key, members, why } of rounds) {
    const round = roundOf(members, team.weights);
    const turn = countOf(key);
    for (let at = turn; at < turn + round.length; at += 1) {
      const member = round[at % round.length]!;
      const owner = presentUser(member, to, context);
      if (owner === null) continue;
      if (isFull(member, to, countOf, context)) {
        full = true;
        continue;
      }
      const takes = [{ of: key, next: at + 1 }, ...placeOf(owner, to, countOf, context)];
      return { owner, why, takes, open: [] };
    }
  }
  return { full };
}

/** Those of the person's territory, and then whoever takes what lies in none, or what those cannot take. */
function territoriesOf(
  view: PersonView,
  to: string,
  { by, table, otherwise }: NonNullable<Team['territories']>,
  context: PlanContext,
) {
  const value = fieldValue(by, view, context);
  const name = Object.keys(table).find((written) => isSame(written, value));
  const own = name === undefined ? [] : [{ key: `${to}/${name}`, members: table[name]!, why: 'territory' as const }];
  return [...own, { key: `${to}/`, members: otherwise, why: 'round-robin' as const }];
}

function isSame(written: string, value: Value | undefined): boolean {
  return value !== undefined && value !== null && searchable(value) === searchable(written);
}

/** An active user of Salesforce who is at work. */
function presentUser(email: string, to: string, { directory, policy, now }: PlanContext): DirectoryEntry | null {
  const user = directory.byEmail.salesforce.get(email);
  if (user?.active !== true) return null;
  return absenceNow(email, now, calendarOfTeam(to, policy), policy) === undefined ? user : null;
}

function isFull(member: string, to: string, countOf: CountOf, context: PlanContext): boolean {
  const capacity = context.policy.owners.teams[to]?.capacities?.[member];
  return capacity !== undefined && countOf(dayCount(dayIn(to, context), to, member)) >= capacity;
}

/** The place of the day that a member takes up; nobody counts where there is no limit. Who had the person already takes one, too. */
function placeOf({ email }: DirectoryEntry, to: string, countOf: CountOf, context: PlanContext): readonly Turn[] {
  if (email === null || context.policy.owners.teams[to]?.capacities?.[email] === undefined) return [];
  const of = dayCount(dayIn(to, context), to, email);
  return [{ of, next: countOf(of) + 1 }];
}

/** The day by the wall of the team's office. */
function dayIn(to: string, { policy, now }: PlanContext): string {
  return toLocal(now, calendarOfTeam(to, policy)).day;
}

/** Everybody has had their day's share: once for the team and the day. */
function told({ full }: Nobody, to: string, context: PlanContext): readonly Finding[] {
  if (!full) return [];
  const day = dayIn(to, context);
  return [{ code: 'TEAM_FULL', subject: `owners:${to}:${day}`, detail: { team: to, day } }];
}

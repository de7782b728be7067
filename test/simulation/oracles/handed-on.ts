import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { World } from '../../support/deeds/hands.ts';
import { text } from '../../support/laws/scene.ts';
import type { Reign } from '../driver/admin.ts';

const BRIEF = 'Tasuki_Brief__c';
const TOKYO_MS = 9 * 3_600_000;
/** Field sales, as the edited mappings have it; its manager answers for it, too. */
const FIELD_SALES = ['yuki.nakamura', 'daisuke.kobayashi', 'ken.takahashi'].map((name) => `${name}@example.co.jp`);
const IN_TURN = ['round-robin', 'territory'];

/**
 * What goes with a hand-off, by the journal: a brief comes with the write that hands over, as often as the agreement of that hour asks for
 * one, and tells of that stage; an owner is taken from nobody of the team that receives, and nobody is given more in a day than their limit.
 */
export function handedOn(
  changes: readonly TrackedChange[],
  reigns: readonly Reign[],
  { org }: Pick<World, 'org'>,
): readonly string[] {
  const emails = new Map(org.records('User').map((user) => [text(user['Id']), text(user['Email'])]));
  const policyAt = (at: number): Policy => reigns.findLast(({ since }) => since <= at)!.policy;
  return [
    ...changes.flatMap((change) => [
      ...briefFaults(change, policyAt(change.plannedAt)),
      ...ownerFaults(change, emails),
    ]),
    ...overCapacity(changes, policyAt, emails),
  ];
}

function briefFaults({ id, steps, marks }: TrackedChange, { agreement }: Policy): readonly string[] {
  if (marks.undoes !== undefined) return [];
  const brief = steps.flat().find(({ field }) => field === BRIEF);
  if (brief === undefined) return [];
  const stage = marks.handOff?.stage;
  const rule = agreement.stages.find((one) => one.stage === stage);
  if (rule?.handOff?.brief !== true) return [`${id} writes a brief that nobody agreed on`];
  const lines = text(brief.after).split('\n');
  return [
    ...(lines[0]?.startsWith(`【引き渡しメモ】${stage} `) === true ? [] : [`${id}: the brief begins with ${lines[0]}`]),
    ...(lines.length > 30 ? [`${id}: the brief has ${lines.length} lines`] : []),
    ...(/undefined|NaN|null/u.test(text(brief.after)) ? [`${id}: the brief says ${text(brief.after)}`] : []),
  ];
}

function ownerFaults(
  { id, kind, steps, marks, target }: TrackedChange,
  emails: ReadonlyMap<string, string>,
): readonly string[] {
  if (kind !== 'update' || marks.undoes !== undefined || !['Lead', 'Contact'].includes(target.object)) return [];
  const owner = steps.flat().find(({ field }) => field === 'OwnerId');
  if (owner === undefined) return [];
  const [from, to] = [owner.before, owner.after].map((one) => emails.get(text(one)));
  return [
    ...(marks.handOff?.team === 'field-sales' ? [] : [`${id} moves an owner, and hands nobody over`]),
    ...(from !== undefined && FIELD_SALES.includes(from) && marks.handOff?.team === 'field-sales'
      ? [`${id} takes a record from ${from} of field sales`]
      : []),
    ...(to !== undefined && !FIELD_SALES.includes(to) ? [`${id} hands on to ${to}, who is not of field sales`] : []),
    ...(target.object === 'Contact' && text(owner.after).startsWith('00G') ? [`${id} gives a Contact to a queue`] : []),
  ];
}

/** Whatever became of the writes: each reserved a place. */
function overCapacity(
  changes: readonly TrackedChange[],
  policyAt: (at: number) => Policy,
  emails: ReadonlyMap<string, string>,
): readonly string[] {
  const had = new Map<string, { count: number; limit: number }>();
  for (const { steps, plannedAt } of changes) {
    for (const { field, after, reason } of steps.flat()) {
      if (field !== 'OwnerId' || !IN_TURN.includes(text(reason.detail['why']))) continue;
      const [who, team] = [emails.get(text(after)) ?? '', text(reason.detail['team'])];
      const limit = policyAt(plannedAt).owners.teams[team]?.capacities?.[who];
      if (limit === undefined) continue;
      const day = new Date(plannedAt + TOKYO_MS).toISOString().slice(0, 10);
      const key = `${day} ${team} ${who}`;
      had.set(key, { count: (had.get(key)?.count ?? 0) + 1, limit: Math.max(limit, had.get(key)?.limit ?? 0) });
    }
  }
  return [...had].flatMap(([key, { count, limit }]) => (count > limit ? [`${key} received ${count} of ${limit}`] : []));
}

import { stageRank } from '../domain/agreement/stage-order.ts';
import type { FieldChange, TrackedChange } from '../domain/people/change.ts';
import type { Team } from '../domain/people/mapping.ts';
import type { Finding } from '../domain/people/person.ts';
import type { DirectoryEntry } from '../domain/people/record.ts';
import type { Turn } from '../domain/people/turns.ts';
import { assignOwner, type CountOf, isOfTeam } from './assign.ts';
import type { PersonView, PlanContext } from './context.ts';
import type { HandOffDue } from './hand-off.ts';
import { OWNER_FIELD, userOrQueue } from './owner.ts';

export type PassedOn = {
  readonly fields: readonly FieldChange[];
  readonly takes: readonly Turn[];
  readonly open: readonly Finding[];
};

const STAYS: PassedOn = { fields: [], takes: [], open: [] };

/**
 * The owner moves on with the person: from the team that received them before to the one that receives them now (IS → FS).
 *
 * It moves only out of hands that are known to have handed over: members and queue of a team that an earlier stage of the agreement hands to,
 * the place for what nobody can own, somebody who has left. A record of the receiving team, or of a colleague in no team, stays where it is.
 * What was chosen once is chosen still, for as long as that write waits. Where nobody can have it, it stays with whoever has it.
 */
export function passOn(
  view: PersonView,
  due: HandOffDue,
  open: readonly TrackedChange[],
  countOf: CountOf,
  context: PlanContext,
): PassedOn {
  const { directory } = context;
  const to = due.rule.handOff.to;
  const before = view.record?.values[OWNER_FIELD];
  const owner = typeof before === 'string' ? directory.byId.salesforce.get(before) : undefined;
  if (owner === undefined || !handsOver(owner, due, context)) return STAYS;
  const chosen = standingChoice(view, open, context);
  if (chosen !== null) return { ...STAYS, fields: [{ ...chosen, before: owner.id }] };
  const assignment = assignOwner(view, to, countOf, context, 'team');
  if (assignment === null) return STAYS;
  const { why, takes, open: full } = assignment;
  const next = ownerFor(view, assignment.owner, to, context);
  if (next === null || next.id === owner.id) return { ...STAYS, open: full };
  const reason = { code: 'owner-assigned', detail: { owner: next.name, why, team: to } } as const;
  return { fields: [{ field: OWNER_FIELD, before: owner.id, after: next.id, reason }], takes, open: full };
}

function handsOver(owner: DirectoryEntry, { entry, rule }: HandOffDue, { policy, directory }: PlanContext): boolean {
  const { teams, unmatched } = policy.owners;
  const { to } = rule.handOff;
  const earlier = policy.agreement.stages
    .filter(({ stage, handOff }) => handOff !== undefined && stageRank(stage) < stageRank(entry.stage))
    .flatMap(({ handOff }) => (handOff === undefined || handOff.to === to ? [] : [handOff.to]));
  if (earlier.length === 0 || has(owner, teams[to])) return false;
  const isNobodys = !owner.active || userOrQueue(unmatched, directory)?.id === owner.id;
  return isNobodys || earlier.some((team) => has(owner, teams[team]));
}

/** Salesforce gives no Contact to a queue: in its place stands the manager of the team, who assigns what it would hold. */
function ownerFor(
  { record }: PersonView,
  chosen: DirectoryEntry,
  to: string,
  { policy, directory }: PlanContext,
): DirectoryEntry | null {
  if (chosen.kind === 'user' || record?.record.object === 'Lead') return chosen;
  const manager = directory.byEmail.salesforce.get(policy.owners.teams[to]?.manager ?? '');
  return manager?.active === true && manager.kind === 'user' ? manager : null;
}

/** Is the owner one of this team, or its queue? */
function has(owner: DirectoryEntry, team: Team | undefined): boolean {
  if (owner.kind === 'queue') return team?.queue != null && (owner.apiName ?? owner.name) === team.queue;
  return isOfTeam(owner, team);
}

/** Whom a write that stands gives the record to, while they are still there to have it. */
function standingChoice(
  { record }: PersonView,
  open: readonly TrackedChange[],
  { directory }: PlanContext,
): FieldChange | null {
  const given = open
    .filter(({ target, marks }) => target.id === record?.record.id && marks.handOff !== undefined)
    .flatMap(({ steps }) => steps.flat())
    .findLast(({ field, reason }) => field === OWNER_FIELD && reason.code === 'owner-assigned');
  return given !== undefined && directory.byId.salesforce.get(String(given.after))?.active === true ? given : null;
}

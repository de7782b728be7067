import { toLocal } from '../domain/calendar/local-time.ts';
import type { Finding, FindingCode } from '../domain/people/person.ts';
import type { System } from '../domain/people/record.ts';
import type { Instant } from '../domain/values/value.ts';
import type { PersonView, PlanContext } from './context.ts';
import { OWNER_FIELD, OWNER_PROPERTY, seatOf, userBehindSeat } from './owner.ts';

type Judging = Pick<PlanContext, 'directory' | 'policy'>;

const OWNER_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'OWNER_UNMATCHED',
  'OWNER_INACTIVE',
  'OWNER_WITHOUT_SEAT',
]);

/**
 * What is wrong with an owner: nobody knows them, they have left, or the other system has nobody who answers to them by the table or the
 * address, so that a stand-in is shown or somebody else assigned there. One finding per owner, not per person; a queue is nobody.
 */
export function ownerTrouble(system: System, id: string, { directory, policy }: Judging): readonly Finding[] {
  const subject = `${system}:${id}`;
  const owner = directory.byId[system].get(id);
  if (owner === undefined) return [{ code: 'OWNER_UNMATCHED', subject, detail: { owner: id } }];
  const detail = { owner: owner.name, system };
  if (!owner.active) return [{ code: 'OWNER_INACTIVE', subject, detail }];
  if (owner.kind === 'queue' || policy.owners.withoutSeat === 'never') return [];
  const counterpart =
    system === 'salesforce' ? seatOf(owner, directory, policy.owners) : userBehindSeat(id, { directory, policy });
  return counterpart === null ? [{ code: 'OWNER_WITHOUT_SEAT', subject, detail }] : [];
}

/**
 * The trouble with the owners of one person. Whoever has no seat matters where both systems show the person; HubSpot's owner matters
 * where a Lead is about to be made (`assigned`), for somebody else receives it then.
 */
export function ownersInTrouble(
  { contact, record }: PersonView,
  assigned: string | null,
  judging: Judging,
): readonly Finding[] {
  const owner = record === null ? assigned : record.values[OWNER_FIELD];
  const shown = contact?.values[OWNER_PROPERTY];
  const sales = typeof owner === 'string' ? ownerTrouble('salesforce', owner, judging) : [];
  const marketing =
    record === null && assigned !== null && typeof shown === 'string' ? ownerTrouble('hubspot', shown, judging) : [];
  return [...sales.filter(({ code }) => contact !== null || code !== 'OWNER_WITHOUT_SEAT'), ...marketing];
}

/** What a finding about an owner comes to when it is looked at again. `owning`: those who still own somebody, as `salesforce:005…`. */
export type OwnerAgain = 'over' | 'tell-again' | 'stands';

/** Told once a day for as long as it is so; over when the owner is found, is back, or owns nobody any more. */
export function judgeOwnerAgain(
  { code, subject, openedAt }: Finding & { readonly openedAt: Instant },
  owning: ReadonlySet<string>,
  { now, ...judging }: Judging & { readonly now: Instant },
): OwnerAgain {
  const owner = ownerNamed({ code, subject });
  if (owner === null) return 'stands';
  const isSo = ownerTrouble(owner.system, owner.id, judging).some((finding) => finding.code === code);
  if (!isSo || !owning.has(subject)) return 'over';
  const { calendar } = judging.policy;
  return toLocal(openedAt, calendar).day < toLocal(now, calendar).day ? 'tell-again' : 'stands';
}

/** The owner that a finding is about; `null` where it is about something else, such as the place for what nobody can own. */
export function ownerNamed({
  code,
  subject,
}: Pick<Finding, 'code' | 'subject'>): { readonly system: System; readonly id: string } | null {
  const [system, id, ...more] = subject.split(':');
  if (!OWNER_CODES.has(code) || id === undefined || more.length > 0) return null;
  return system === 'hubspot' || system === 'salesforce' ? { system, id } : null;
}

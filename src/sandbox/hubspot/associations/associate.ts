import type { HubSpotPortal } from '../portal.ts';
import { promoteByCompany, promoteByDeal } from '../records/promote.ts';
import type { RecordRef } from './association-store.ts';
import { type AssociationType, WITH_PRIMARY } from './association-types.ts';

/** Gives a pair these labels in the place of whatever it had; the unlabeled type is always among them. */
export function labelPair(portal: HubSpotPortal, from: RecordRef, to: RecordRef, labels: readonly AssociationType[]) {
  const { links: associations } = portal;
  const plain = associations.types.unlabeled(from.object, to.object);
  if (plain === undefined) throw new Error(`${from.object} and ${to.object} cannot be associated`);
  const wanted = [plain, ...labels];
  if (labels.some(({ role }) => role === 'primary') || becomesPrimary(portal, from, to)) {
    dethrone(portal, from, to);
    const primary = associations.types.between(from.object, to.object).find(({ role }) => role === 'primary');
    if (primary !== undefined) wanted.push(primary);
  }
  change(portal, from, to, wanted);
}

/** Associates a pair without taking anything from it. */
export function associatePair(portal: HubSpotPortal, from: RecordRef, to: RecordRef): void {
  labelPair(portal, from, to, portal.links.between(from, to));
}

export function dissociatePair(portal: HubSpotPortal, from: RecordRef, to: RecordRef): void {
  if (portal.links.between(from, to).length > 0) change(portal, from, to, []);
}

/** Takes some types from a pair. Without the unlabeled one there is nothing left of it. */
export function removeLabels(
  portal: HubSpotPortal,
  from: RecordRef,
  to: RecordRef,
  gone: readonly AssociationType[],
): void {
  const held = portal.links.between(from, to);
  if (!held.some((type) => gone.includes(type))) return;
  const isOver = gone.some(({ role }) => role === 'unlabeled');
  change(portal, from, to, isOver ? [] : held.filter((type) => !gone.includes(type)));
}

/** Hands the associations of a merged record to the survivor, whose own main company stays the main one. */
export function moveAssociations(portal: HubSpotPortal, from: RecordRef, survivor: RecordRef): void {
  const { links: associations } = portal;
  const hasPrimary = associations.primaryOf(survivor) !== undefined;
  for (const { to, types } of associations.of(from).toArray()) {
    associations.set(from, to, []);
    if (to.object === survivor.object && to.id === survivor.id) continue;
    const isSecond = (type: AssociationType) =>
      type.role === 'primary' && (to.object === 'companies' ? hasPrimary : false);
    const kept = types.filter((type) => !isSecond(type));
    associations.set(survivor, to, [...associations.between(survivor, to), ...kept]);
  }
}

/** A contact or a deal has one main company: another one loses that, but stays associated. */
function dethrone(portal: HubSpotPortal, from: RecordRef, to: RecordRef): void {
  const [record, company] = to.object === 'companies' ? [from, to] : [to, from];
  const other = portal.links.primaryOf(record);
  if (other === undefined || other === company.id) return;
  const loser = { object: 'companies', id: other };
  const rest = portal.links.between(record, loser).filter(({ role }) => role !== 'primary');
  portal.links.set(record, loser, rest);
}

function becomesPrimary(portal: HubSpotPortal, from: RecordRef, to: RecordRef): boolean {
  if (!portal.switches.firstCompanyIsPrimary || from.object === to.object) return false;
  const [record, company] = to.object === 'companies' ? [from, to] : [to, from];
  const isPossible = company.object === 'companies' && WITH_PRIMARY.includes(record.object);
  return isPossible && portal.links.primaryOf(record) === undefined;
}

function change(portal: HubSpotPortal, from: RecordRef, to: RecordRef, types: readonly AssociationType[]): void {
  portal.links.set(from, to, types);
  for (const { object, id } of [from, to]) {
    if (portal.switches.associationsBump) portal.bump(object, id);
    if (object === 'deals' && types.length > 0) promoteByDeal(portal, id);
    if (object === 'companies' && types.length > 0) promoteByCompany(portal, id);
  }
}

import type { HubSpotPortal } from '../portal.ts';
import { isWon } from './derived-deal.ts';
import { moveStage } from './lifecycle.ts';
import { applyValues, type ChangeSource } from './record.ts';

/**
 * Where the account is set so, a deal makes its contacts and companies an opportunity, and a won one makes them customers.
 * Only forward: who is further already stays there.
 */
export function promoteByDeal(portal: HubSpotPortal, dealId: string): void {
  if (!portal.switches.dealsPromoteLifecycle) return;
  const values = portal.space('deals').store.getLive(dealId)?.snapshot.values;
  if (values === undefined) return;
  const stage = portal.pipelines.stage(values.get('pipeline') ?? '', values.get('dealstage') ?? '');
  const lifecyclestage = stage !== undefined && isWon(stage) ? 'customer' : 'opportunity';
  for (const object of ['contacts', 'companies']) {
    for (const id of portal.links.from({ object: 'deals', id: dealId }, object).keys()) {
      promote(portal, { object, id }, lifecyclestage, { type: 'DEALS' });
    }
  }
}

/** Where the account is set so, a company takes the contacts whose main company it is along, forward only. */
export function promoteByCompany(portal: HubSpotPortal, companyId: string): void {
  if (!portal.switches.companiesPromoteLifecycle) return;
  const company = { object: 'companies', id: companyId };
  const lifecyclestage = portal.space('companies').store.getLive(companyId)?.snapshot.values.get('lifecyclestage');
  if (lifecyclestage === undefined || lifecyclestage === '') return;
  for (const id of portal.links.from(company, 'contacts').keys()) {
    const contact = { object: 'contacts', id };
    if (portal.links.primaryOf(contact) === companyId)
      promote(portal, contact, lifecyclestage, { type: 'COMPANIES', id: companyId });
  }
}

function promote(
  portal: HubSpotPortal,
  { object, id }: { readonly object: string; readonly id: string },
  lifecyclestage: string,
  source: ChangeSource,
): void {
  const space = portal.space(object);
  const record = space.store.getLive(id);
  if (record === undefined) return;
  const at = portal.clock.now();
  const wanted = new Map([['lifecyclestage', lifecyclestage]]);
  const moved = moveStage(record.snapshot.values, wanted, space.registry, { at, backward: 'ignore' });
  if (!('edit' in moved) || !applyValues(record, moved.edit, at, source)) return;
  portal.bump(object, id);
  if (object === 'companies') promoteByCompany(portal, id);
}

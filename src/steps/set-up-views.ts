import { escalates } from '../domain/agreement/deadline.ts';
import type { Policy } from '../domain/policy.ts';
import type { NewView, ViewsMade } from '../ports/crm.ts';
import { OWN_FIELDS } from '../reconcile/derived.ts';
import type { Works } from './works.ts';

const { stage, due, dueReason, escalatedTo, escalation } = OWN_FIELDS.salesforce;

const COLUMNS = {
  Lead: ['Name', 'Company', stage, due, dueReason],
  Contact: ['Name', 'Account.Name', stage, due, dueReason],
} as const;

/** What IS (Leads) and FS (Contacts) work through, and what whoever is above them looks at. */
function wantedViews({ agreement }: Pick<Policy, 'agreement'>): readonly NewView[] {
  const views = (['Lead', 'Contact'] as const).flatMap((object): readonly NewView[] => {
    const what = object === 'Lead' ? 'リード' : '取引先責任者';
    const near = {
      object,
      name: 'Tasuki_Due',
      label: `Tasuki: 期限が近い${what}`,
      columns: COLUMNS[object],
      filled: due,
    };
    const columns = [...COLUMNS[object], escalatedTo, escalation];
    const above = {
      object,
      name: 'Tasuki_Escalated',
      label: `Tasuki: エスカレーション(${what})`,
      columns,
      filled: escalatedTo,
    };
    return escalates(agreement) ? [near, above] : [near];
  });
  return views;
}

/** Creates the list views that are missing; the fields they show are there already. */
export async function setUpViews({ crm, policy }: Pick<Works, 'crm' | 'policy'>): Promise<ViewsMade> {
  const wanted = wantedViews(policy());
  return (await crm.salesforce.ensureViews?.(wanted)) ?? { made: [], refused: [] };
}

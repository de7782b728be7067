import { creationOf, GROUP } from '../../../src/connectors/hubspot/schema.ts';
import type { ObjectName } from '../../../src/domain/people/record.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Crm, NewField } from '../../../src/ports/crm.ts';
import { HubSpotPortal } from '../../../src/sandbox/hubspot/portal.ts';
import { createProperty } from '../../../src/sandbox/hubspot/properties/edit-registry.ts';
import { createKernel } from '../../../src/sandbox/kernel/kernel.ts';
import { SalesforceOrg } from '../../../src/sandbox/salesforce/org.ts';
import { type Field, field, longText, pick, text } from '../../../src/sandbox/salesforce/schema/field.ts';
import { setUp } from '../../../src/steps/set-up.ts';
import { aPolicy } from '../../support/people.ts';
import { REASONS_OF_SALES } from '../driver/answer-deeds.ts';
import { simulateCrms } from './simulated-crms.ts';
import { FAIR } from './weather.ts';

type Wanted = { readonly object: ObjectName | 'Activity'; readonly fields: readonly NewField[] };

/** An agreement and mappings that leave nothing out of what `setup` makes. */
export const WIDEST: Policy = widestPolicy();

function widestPolicy(): Policy {
  const policy = aPolicy();
  const { agreement, company } = policy;
  const [deadline] = agreement.deadlines;
  const after = { amount: 1, unit: 'business days' } as const;
  const escalating = { ...deadline!, lapse: { task: 'urgent', escalate: [{ after, to: 'manager' }] } } as const;
  const stages = agreement.stages.map((rule) => ({ ...rule, handOff: { to: 'inside-sales', brief: true } as const }));
  return {
    ...policy,
    agreement: {
      ...agreement,
      stages,
      deadlines: [escalating, { ...escalating, department: 'marketing' } as const],
      reasons: REASONS_OF_SALES,
    },
    company: { ...company, createInHubSpot: true },
  };
}

/** What `setup` asks of both systems where a policy leaves nothing out; learned from itself, by letting it ask CRMs that only listen. */
async function whatSetUpAsks(): Promise<readonly Wanted[]> {
  const wanted: Wanted[] = [];
  const kernel = createKernel({ seed: 0, start: 0, frozen: true });
  const world = { portal: new HubSpotPortal(kernel), org: new SalesforceOrg(kernel), clock: kernel.clock };
  const { hubspot, salesforce } = simulateCrms({ ...world, weather: FAIR });
  const listening = (crm: Crm): Crm => ({
    ...crm,
    ensureFields: async (object, fields) => {
      wanted.push({ object, fields });
      return [];
    },
  });
  await setUp({ crm: { hubspot: listening(hubspot), salesforce: listening(salesforce) }, policy: () => WIDEST });
  return wanted;
}

const WANTED = await whatSetUpAsks();

/**
 * Tasuki's own fields in both systems, as if `setup` had run, at a fraction of its price: it asks, compares and grants, call by call,
 * which a history of some milliseconds cannot afford each time.
 */
export function makeTasukiFields(portal: HubSpotPortal, org: SalesforceOrg): void {
  for (const { object, fields } of WANTED) {
    if (isOfHubSpot(object)) {
      const { registry } = portal.space(object);
      registry.addGroup(GROUP.name, GROUP.label, GROUP.displayOrder);
      for (const each of fields)
        createProperty(registry, Object.fromEntries(Object.entries(creationOf(each))), portal.clock.now());
    } else for (const each of fields) org.defineField(object, columnOf(each), 'edit');
  }
}

/** HubSpot's objects are written small, Salesforce's with a capital. */
function isOfHubSpot(object: string): boolean {
  return object === object.toLowerCase();
}

/** As long as Salesforce lets one be, which is what the connector asks for. */
const LONG_TEXT_LENGTH = 32_768;

function columnOf({ name, label, type, maxLength, key, options = [] }: NewField): Field {
  switch (type) {
    case 'text':
      return text(name, label, maxLength ?? 255, key === true ? { externalId: true, unique: true } : {});
    case 'long-text':
      return { ...longText(name, label), length: maxLength ?? LONG_TEXT_LENGTH };
    case 'datetime':
      return field(name, label, 'datetime');
    case 'picklist':
      return pick(
        name,
        label,
        options.map(({ value }) => value),
      );
  }
}

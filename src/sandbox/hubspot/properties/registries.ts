import { COMPANIES, CONTACTS, DEALS, type ObjectKind } from '../objects.ts';
import type { Derivations } from '../records/derived.ts';
import { ACTIVITY_GROUPS, ACTIVITY_PROPERTIES } from './activity-properties.ts';
import { LIFECYCLE_STAGES, options } from './choices.ts';
import { COMPANY_GROUPS, COMPANY_PROPERTIES } from './company-properties.ts';
import { CONTACT_GROUPS, CONTACT_PROPERTIES, stageStamps } from './contact-properties.ts';
import { DEAL_GROUPS, DEAL_PROPERTIES } from './deal-properties.ts';
import type { NewProperty } from './definition.ts';
import { PropertyRegistry } from './property-registry.ts';

type Catalogue = { readonly groups: Readonly<Record<string, string>>; readonly properties: readonly NewProperty[] };

const CATALOGUES = new Map<ObjectKind, Catalogue>([
  [CONTACTS, { groups: CONTACT_GROUPS, properties: CONTACT_PROPERTIES }],
  [COMPANIES, { groups: COMPANY_GROUPS, properties: COMPANY_PROPERTIES }],
  [DEALS, { groups: DEAL_GROUPS, properties: DEAL_PROPERTIES }],
]);

const SHIPPED = new Map<ObjectKind, { readonly at: number; readonly registry: PropertyRegistry }>();

/**
 * The properties of an object in a fresh account. What HubSpot ships is written down once for all accounts of the same instant, since
 * whoever opens thousands of accounts would do little else.
 */
export function freshRegistry(kind: ObjectKind, derivations: Derivations, at: number): PropertyRegistry {
  const known = SHIPPED.get(kind);
  const registry = known?.at === at ? known.registry : shippedRegistry(kind, at);
  SHIPPED.set(kind, { at, registry });
  return registry.copy(derivations);
}

function shippedRegistry(kind: ObjectKind, at: number): PropertyRegistry {
  const { groups, properties } = CATALOGUES.get(kind) ?? activityCatalogue(kind);
  const unique = kind === CONTACTS ? ['email'] : [];
  const registry = new PropertyRegistry({ unique, derivations: new Map() });
  for (const [name, label] of Object.entries(groups)) registry.addGroup(name, label);
  for (const property of properties) registry.define(property, at);
  if (registry.get('lifecyclestage') === undefined) return registry;
  for (const { value, label } of options(LIFECYCLE_STAGES)) {
    for (const stamp of stageStamps(value, label, true)) registry.define(stamp, at);
  }
  return registry;
}

function activityCatalogue(kind: ObjectKind): Catalogue {
  return { groups: ACTIVITY_GROUPS, properties: ACTIVITY_PROPERTIES.get(kind.plural) ?? [] };
}

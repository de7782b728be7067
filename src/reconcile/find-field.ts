import type { FieldMapping } from '../domain/people/mapping.ts';
import type { EntityKind, ObjectName, System } from '../domain/people/record.ts';
import { closest } from '../domain/texts/closest.ts';
import type { PlanContext } from './context.ts';
import { DEAL_FIELDS } from './deal-fields.ts';
import { OWN_FIELDS } from './derived.ts';

/** What decides a field that no line of the mapping speaks of. */
export type Derived =
  | 'stage'
  | 'lifecycle'
  | 'owner'
  | 'deadline'
  | 'brief'
  | 'key'
  | 'sales-state'
  | 'answer'
  | 'lead-status'
  | 'deal-outcome'
  | 'deal-stage'
  | 'amount'
  | 'close-date';

/** A field that a person has named, by what it is on each side. */
export type NamedField = {
  /** As the ledger and the texts call it. */
  readonly name: string;
  readonly hubspot: string | null;
  /** By object of Salesforce; an object without one does not carry it. */
  readonly salesforce: Readonly<Partial<Record<ObjectName, string>>>;
  readonly rule:
    | { readonly kind: 'mapped'; readonly mapping: FieldMapping }
    | { readonly kind: 'derived'; readonly about: Derived }
    | { readonly kind: 'none' };
};

export type Found =
  | { readonly kind: 'field'; readonly field: NamedField }
  /** Nothing is called that; the names that come nearest. */
  | { readonly kind: 'unknown'; readonly near: readonly string[] };

const { hubspot: H, salesforce: S } = OWN_FIELDS;
const { hubspot: DH, salesforce: DS } = DEAL_FIELDS;

const OF_PEOPLE: readonly NamedField[] = [
  derived('stage', H.stage, bothPeople(S.stage)),
  derived('lifecycle', 'lifecyclestage', {}),
  derived('lead-status', null, { Lead: 'Status' }),
  derived('owner', 'hubspot_owner_id', bothPeople('OwnerId')),
  derived('owner', H.owner, bothPeople('OwnerId')),
  derived('deadline', null, bothPeople(S.due)),
  derived('deadline', null, bothPeople(S.dueReason)),
  derived('brief', null, bothPeople(S.brief)),
  derived('key', H.key, bothPeople(S.key)),
  derived('sales-state', H.state, {}),
  ...(['answer', 'rejectReason', 'recycleReason', 'disqualifyReason'] as const).map((name) =>
    derived('answer', H[name], bothPeople(S[name])),
  ),
  derived('deal-outcome', H.outcome, {}),
  derived('deal-outcome', H.outcomeReason, {}),
];

const OF_DEALS: readonly NamedField[] = [
  derived('deal-stage', DH.stage, { Opportunity: DS.stage }),
  derived('deal-stage', DH.pipeline, { Opportunity: DS.recordType }),
  derived('amount', DH.amount, { Opportunity: DS.amount }),
  derived('amount', DH.currency, { Opportunity: DS.currency }),
  derived('close-date', DH.closeDate, { Opportunity: DS.closeDate }),
  derived('owner', DH.owner, { Opportunity: DS.owner }),
  derived('key', H.key, { Opportunity: S.key }),
];

const OF_COMPANIES: readonly NamedField[] = [derived('key', H.key, {})];

const DERIVED: Readonly<Record<EntityKind, readonly NamedField[]>> = {
  person: OF_PEOPLE,
  deal: OF_DEALS,
  company: OF_COMPANIES,
};

const OBJECTS_OF: Readonly<Record<EntityKind, readonly (readonly [System, ObjectName])[]>> = {
  person: [
    ['hubspot', 'contacts'],
    ['salesforce', 'Lead'],
    ['salesforce', 'Contact'],
  ],
  deal: [
    ['hubspot', 'deals'],
    ['salesforce', 'Opportunity'],
  ],
  company: [
    ['hubspot', 'companies'],
    ['salesforce', 'Account'],
  ],
};

function derived(about: Derived, hubspot: string | null, salesforce: NamedField['salesforce']): NamedField {
  const name = hubspot ?? Object.values(salesforce)[0] ?? about;
  return { name, hubspot, salesforce, rule: { kind: 'derived', about } };
}

function bothPeople(field: string): NamedField['salesforce'] {
  return { Lead: field, Contact: field };
}

/**
 * The field that somebody means: by its name in either system, by its label there, or by what decides it (`stage`, `owner`). Case and
 * a record in front (`Lead.Title`) make no difference.
 */
export function findField(word: string, kind: EntityKind, context: Pick<PlanContext, 'policy' | 'schemas'>): Found {
  const asked = plain(word.slice(word.lastIndexOf('.') + 1));
  const known = knownFields(kind, context);
  const hit =
    known.find((field) => namesOf(field).some((name) => plain(name) === asked)) ??
    known.find((field) => labelsOf(field, kind, context).some((label) => plain(label) === asked));
  if (hit !== undefined) return { kind: 'field', field: hit };
  const stranger = strangerNamed(asked, kind, context);
  if (stranger !== undefined) return { kind: 'field', field: stranger };
  const candidates = known.flatMap((field) => [...namesOf(field), ...labelsOf(field, kind, context)]);
  const near = closest(word, [...new Set(candidates)]);
  return { kind: 'unknown', near: near === undefined ? known.map(({ name }) => name) : [near] };
}

function knownFields(kind: EntityKind, { policy }: Pick<PlanContext, 'policy'>): readonly NamedField[] {
  const mapped = policy[kind].fields.map(
    (mapping): NamedField => ({
      name: mapping.name,
      hubspot: mapping.hubspot,
      salesforce: mapping.salesforce,
      rule: { kind: 'mapped', mapping },
    }),
  );
  return [...mapped, ...DERIVED[kind]];
}

function namesOf({ name, hubspot, salesforce, rule }: NamedField): readonly string[] {
  const about = rule.kind === 'derived' ? [rule.about] : [];
  return [name, ...(hubspot === null ? [] : [hubspot]), ...Object.values(salesforce), ...about];
}

function labelsOf(
  { hubspot, salesforce }: NamedField,
  kind: EntityKind,
  { schemas }: Pick<PlanContext, 'schemas'>,
): readonly string[] {
  return OBJECTS_OF[kind].flatMap(([system, object]) => {
    const name = system === 'hubspot' ? hubspot : salesforce[object];
    const label = name == null ? undefined : schemas.get(`${system}:${object}`)?.get(name)?.label;
    return label === undefined ? [] : [label];
  });
}

/** A field that one of the systems has, and no line of ours speaks of. */
function strangerNamed(
  asked: string,
  kind: EntityKind,
  { schemas }: Pick<PlanContext, 'schemas'>,
): NamedField | undefined {
  for (const [system, object] of OBJECTS_OF[kind]) {
    for (const { name, label } of schemas.get(`${system}:${object}`)?.values() ?? []) {
      if (plain(name) !== asked && plain(label) !== asked) continue;
      const side =
        system === 'hubspot' ? { hubspot: name, salesforce: {} } : { hubspot: null, salesforce: { [object]: name } };
      return { name, ...side, rule: { kind: 'none' } };
    }
  }
  return undefined;
}

function plain(word: string): string {
  return word.normalize('NFKC').trim().toLowerCase();
}

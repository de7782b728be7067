import type { Values } from '../values/value.ts';
import type { RecordRef, Sighting } from './record.ts';

/**
 * One record pointing at another of the same system: a contact at its company, a deal at its people. `source` is the record that says
 * so, which for a contact role is a third one.
 */
export type Tie = {
  readonly source: RecordRef;
  readonly from: RecordRef;
  readonly to: RecordRef;
  /** `employer`: person → company; `customer`: deal → company; `participant`: deal → person; `became`: Lead → Contact. */
  readonly kind: 'employer' | 'customer' | 'participant' | 'became';
  /** The first among several: HubSpot's primary company, Salesforce's primary contact role. */
  readonly primary: boolean;
};

/** HubSpot's associations are read as values of the record that they hang on, under these names: ids joined by `;`, the primary one first. */
export const ASSOCIATED = { companies: 'associations.companies', contacts: 'associations.contacts' } as const;

/** Is this the name of a value that stands for associations? */
export function isAssociation(field: string): boolean {
  return field.startsWith('associations.');
}

/** What has to be read of each object for its ties to be known. */
export const TIE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  contacts: [ASSOCIATED.companies],
  deals: [ASSOCIATED.contacts, ASSOCIATED.companies],
  Contact: ['AccountId'],
  Lead: ['IsConverted', 'ConvertedContactId', 'ConvertedAccountId', 'ConvertedOpportunityId'],
  Opportunity: ['AccountId'],
  OpportunityContactRole: ['OpportunityId', 'ContactId', 'Role', 'IsPrimary'],
};

/** The ties that a record shows; a deleted record shows none. */
export function tiesOf({ record, values, deleted }: Sighting): readonly Tie[] {
  if (deleted) return [];
  switch (record.object) {
    case 'contacts':
      return associated(record, values, 'companies', 'employer');
    case 'deals':
      return [
        ...associated(record, values, 'contacts', 'participant'),
        ...associated(record, values, 'companies', 'customer'),
      ];
    case 'Contact':
      return lookup(record, values, 'AccountId', 'Account', 'employer');
    case 'Opportunity':
      return lookup(record, values, 'AccountId', 'Account', 'customer');
    case 'Lead':
      return lookup(record, values, 'ConvertedContactId', 'Contact', 'became');
    case 'OpportunityContactRole':
      return roleOf(record, values);
    default:
      return [];
  }
}

function associated(
  from: RecordRef,
  values: Values,
  object: 'companies' | 'contacts',
  kind: Tie['kind'],
): readonly Tie[] {
  return idsIn(values[ASSOCIATED[object]]).map((id, nth) => ({
    source: from,
    from,
    to: { system: 'hubspot', object, id },
    kind,
    primary: nth === 0,
  }));
}

/** The ids that an association value lists, the primary one first. */
export function idsIn(value: Values[string] | undefined): readonly string[] {
  return typeof value === 'string' ? value.split(';').filter((id) => id !== '') : [];
}

function lookup(
  from: RecordRef,
  values: Values,
  field: string,
  object: 'Account' | 'Contact',
  kind: Tie['kind'],
): readonly Tie[] {
  const id = values[field];
  if (typeof id !== 'string') return [];
  return [{ source: from, from, to: { system: 'salesforce', object, id }, kind, primary: true }];
}

function roleOf(source: RecordRef, values: Values): readonly Tie[] {
  const { OpportunityId: opportunity, ContactId: contact } = values;
  if (typeof opportunity !== 'string' || typeof contact !== 'string') return [];
  return [
    {
      source,
      from: { system: 'salesforce', object: 'Opportunity', id: opportunity },
      to: { system: 'salesforce', object: 'Contact', id: contact },
      kind: 'participant',
      primary: values['IsPrimary'] === true,
    },
  ];
}

import type { AssociationStore } from '../associations/association-store.ts';
import { COMPANIES, CONTACTS, DEALS, type ObjectKind, TASKS } from '../objects.ts';
import type { Pipelines } from '../pipelines/pipelines.ts';
import { isoText } from '../time-texts.ts';
import { dealDerivations } from './derived-deal.ts';
import type { Snapshot } from './record.ts';

type Derivation = (snapshot: Snapshot) => string | undefined;
export type Derivations = ReadonlyMap<string, Derivation>;

/** What else a derivation may look at. */
export type DerivedFrom = {
  readonly pipelines: Pipelines;
  readonly associations: AssociationStore;
  /** What one unit of a currency is worth at home. */
  readonly exchangeRates: ReadonlyMap<string, number>;
  readonly now: () => number;
};

/** Values that HubSpot works out from the rest of a record. Kept nowhere, so they cannot go stale. */
export function derivationsOf(kind: ObjectKind, from: DerivedFrom): Derivations {
  return new Map(Object.entries({ ...EVERY, ...ownDerivations(kind, from) }));
}

const EVERY: Readonly<Record<string, Derivation>> = {
  hs_object_id: ({ id }) => id,
  createdate: ({ createdAt }) => isoText(createdAt),
  hs_createdate: ({ createdAt }) => isoText(createdAt),
  lastmodifieddate: ({ modifiedAt }) => isoText(modifiedAt),
  hs_lastmodifieddate: ({ modifiedAt }) => isoText(modifiedAt),
};

const CONTACT: Readonly<Record<string, Derivation>> = {
  hs_all_contact_vids: (contact) => [contact.id, ...listed(contact.values.get('hs_merged_object_ids'))].join(';'),
  hs_calculated_merged_vids: (contact) => contact.values.get('hs_merged_object_ids'),
  hs_email_domain: (contact) => contact.values.get('email')?.split('@')[1]?.toLowerCase(),
  hs_full_name_or_email: fullNameOrEmail,
  hs_is_contact: () => 'true',
  hs_is_unworked: (contact) => String((contact.values.get('notes_last_contacted') ?? '') === ''),
  hs_pipeline: (contact) => contact.values.get('hs_pipeline') || 'contacts-lifecycle-pipeline',
};

function ownDerivations(kind: ObjectKind, from: DerivedFrom): Readonly<Record<string, Derivation>> {
  const count = counter(kind, from.associations);
  if (kind === CONTACTS) {
    return {
      ...CONTACT,
      associatedcompanyid: ({ id, values }) =>
        from.associations.primaryOf({ object: kind.plural, id }) ?? values.get('associatedcompanyid'),
      num_associated_deals: count('deals'),
    };
  }
  if (kind === COMPANIES) {
    return { num_associated_contacts: count('contacts'), num_associated_deals: count('deals') };
  }
  if (kind === DEALS) return { ...dealDerivations(from), num_associated_contacts: count('contacts') };
  return kind === TASKS ? { ...taskDerivations(from), ...PREVIEW } : PREVIEW;
}

/** How many records of another object belong to one; nothing where none does, unless HubSpot itself said a number. */
function counter(kind: ObjectKind, associations: AssociationStore): (other: string) => Derivation {
  return (other) =>
    ({ id, values }) => {
      const { size } = associations.from({ object: kind.plural, id }, other);
      return size === 0 ? values.get(`num_associated_${other}`) : String(size);
    };
}

function taskDerivations({ now }: DerivedFrom): Readonly<Record<string, Derivation>> {
  const isDone = ({ values }: Snapshot) => values.get('hs_task_status') === 'COMPLETED';
  return {
    hs_task_is_completed: (task) => (isDone(task) ? '1' : '0'),
    hs_task_is_overdue: (task) =>
      String(!isDone(task) && Date.parse(task.values.get('hs_timestamp') ?? '9999-12-31') < now()),
    hs_task_family: () => 'SALES',
  };
}

const BODIES = ['hs_note_body', 'hs_call_body', 'hs_email_text', 'hs_meeting_body', 'hs_task_body'];

const PREVIEW: Readonly<Record<string, Derivation>> = {
  hs_body_preview: ({ values }) => {
    const body = BODIES.map((name) => values.get(name)).find(Boolean);
    return body
      ?.replace(/<[^>]*>/g, ' ')
      .trim()
      .slice(0, 400);
  },
};

function fullNameOrEmail(contact: Snapshot): string | undefined {
  const name = [contact.values.get('firstname'), contact.values.get('lastname')].filter(Boolean).join(' ');
  return name || contact.values.get('email');
}

export function listed(value: string | undefined): string[] {
  return (value ?? '').split(';').filter((part) => part !== '');
}

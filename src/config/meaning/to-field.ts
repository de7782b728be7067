import type { FieldMapping, ValueKind } from '../../domain/people/mapping.ts';
import type { WrittenField } from '../grammar/contact-grammar.ts';
import type { Complaints } from './complain.ts';

/** Fields with one writer: Tasuki derives them, so a mapping on them would be a second one (law R18). */
const DERIVED: readonly (readonly [RegExp, string])[] = [
  [/^tasuki_/iu, 'is a field of Tasuki itself'],
  [/^(hubspot_owner_id|OwnerId)$/u, 'is the owner, which owners.yaml and the hand-off decide'],
  [/^(lifecyclestage|Status)$/u, 'is a copy of the stage, which agreement.yaml decides'],
  [/^(Id|hs_object_id|WhoId|IsConverted)$/u, 'is set by the system'],
];

const KINDS: Readonly<Record<string, ValueKind>> = {
  email: 'email',
  work_email: 'email',
  phone: 'phone',
  mobilephone: 'phone',
  fax: 'phone',
};

/** One line of `fields:`. What the line leaves out is what loses nothing: `first` follows `conflict`, `clears` is keep. */
export function toField(written: WrittenField, index: number, complaints: Complaints): FieldMapping {
  const path = ['person', 'fields', index];
  const salesforce =
    typeof written.salesforce === 'string'
      ? { Lead: written.salesforce, Contact: written.salesforce }
      : perObject(written.salesforce);
  complainOfDerived([written.hubspot, ...Object.values(salesforce)], path, complaints);
  if (Object.keys(salesforce).length === 0)
    complaints.about(
      [...path, 'salesforce'],
      'No Salesforce field is named. Write { Lead: Company }, { Contact: … }, or both.',
    );
  const { conflict, first } = settled(written, path, complaints);
  complainOfValues(written, path, complaints);
  return {
    name: written.hubspot,
    hubspot: written.hubspot,
    salesforce,
    policy: written.policy,
    conflict,
    first,
    clears: written.clears ?? 'keep',
    kind: written.as ?? kindOf(written),
    ...(written.values === undefined ? {} : { values: written.values }),
    at: withoutColumn(complaints.file.placeOf(path)),
  };
}

function perObject(written: Exclude<WrittenField['salesforce'], string>): FieldMapping['salesforce'] {
  return {
    ...(written.Lead === undefined ? {} : { Lead: written.Lead }),
    ...(written.Contact === undefined ? {} : { Contact: written.Contact }),
  };
}

function complainOfDerived(names: readonly string[], path: readonly PropertyKey[], complaints: Complaints): void {
  for (const name of new Set(names)) {
    const why = DERIVED.find(([pattern]) => pattern.test(name))?.[1];
    if (why !== undefined) complaints.about(path, `${name} ${why}; it cannot be mapped. Remove this line.`);
  }
}

/** Who wins. A one-way field has one answer; a two-way field must give one, because there is no safe default. */
function settled(
  { policy, conflict, first }: WrittenField,
  path: readonly PropertyKey[],
  complaints: Complaints,
): Pick<FieldMapping, 'conflict' | 'first'> {
  if (policy === 'two-way') {
    if (conflict === undefined) {
      complaints.about(
        path,
        'A two-way field needs "conflict": hubspot, salesforce, newest or ask (leave both alone and ask a person).',
      );
    }
    return { conflict: conflict ?? 'ask', first: first ?? conflict ?? 'ask' };
  }
  if (policy === 'fill-blank') {
    if (conflict !== undefined)
      complaints.about(
        [...path, 'conflict'],
        'A fill-blank field never overwrites, so nothing can conflict. Remove "conflict".',
      );
    if (first !== undefined)
      complaints.about(
        [...path, 'first'],
        'A fill-blank field never overwrites, so "first" has nothing to settle. Remove it.',
      );
    return { conflict: 'ask', first: 'ask' };
  }
  for (const [key, value] of [
    ['conflict', conflict],
    ['first', first],
  ] as const) {
    if (value !== undefined && value !== policy) {
      complaints.about(
        [...path, key],
        `policy: ${policy} says that ${policy} always stands; "${key}: ${value}" contradicts it. Remove it, or write policy: two-way.`,
      );
    }
  }
  return { conflict: policy, first: policy };
}

/** Two HubSpot values for one Salesforce value can be read in one direction only. */
function complainOfValues(
  { values = {}, policy }: WrittenField,
  path: readonly PropertyKey[],
  complaints: Complaints,
): void {
  const owners = new Map<string, string>();
  for (const [hubspot, salesforce] of Object.entries(values)) {
    const earlier = owners.get(salesforce);
    if (earlier !== undefined && policy !== 'hubspot') {
      complaints.about(
        [...path, 'values', hubspot],
        `"${salesforce}" already stands for ${earlier}; on the way back nobody could tell which is meant. Use policy: hubspot, or give each its own value.`,
      );
    }
    owners.set(salesforce, hubspot);
  }
}

function kindOf({ hubspot, values }: WrittenField): ValueKind {
  return values === undefined ? (KINDS[hubspot] ?? 'text') : 'picklist';
}

/** `mappings/contact.yaml:14`: a line is enough for a reason that people read. */
function withoutColumn(place: string): string {
  return place.replace(/:\d+$/u, '');
}

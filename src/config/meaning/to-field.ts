import type { ConflictDefault, FieldMapping, MappedObject, ValueKind } from '../../domain/people/mapping.ts';
import type { Path } from '../files/yaml-file.ts';
import type { WrittenField } from '../grammar/field-grammar.ts';
import type { Complaints } from './complain.ts';
import { settled } from './settled.ts';

/** Fields with one writer, and why they stand in no line of `fields:` (law R18). */
export type Reserved = readonly (readonly [RegExp, string])[];

/** On every record: Tasuki derives them, so a mapping on them would be a second writer. */
const DERIVED: Reserved = [
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
  numberofemployees: 'number',
  annualrevenue: 'number',
};

/** The list of fields of one file: where it stands, the Salesforce objects its lines are about, and what else is reserved there. */
export type FieldList = {
  readonly path: Path;
  readonly objects: readonly MappedObject[];
  readonly reserved?: Reserved;
  /** See `conflict-default`. */
  readonly late?: ConflictDefault | undefined;
  readonly complaints: Complaints;
};

/** All lines of `fields:`. A field has one partner. */
export function toFields(written: readonly WrittenField[], list: FieldList): readonly FieldMapping[] {
  const fields = written.map((field, index) => toField(field, [...list.path, index], list));
  complainOfRepeats(fields, list);
  complainOfNames(fields, list);
  return fields;
}

/** What the line leaves out is what loses nothing: `first` follows `conflict`, `clears` is keep. */
function toField(
  written: WrittenField,
  path: Path,
  { objects, reserved = [], late, complaints }: FieldList,
): FieldMapping {
  const salesforce =
    typeof written.salesforce === 'string' ? onEach(objects, written.salesforce) : perObject(written.salesforce);
  complainOfReserved([written.hubspot, ...Object.values(salesforce)], path, [...DERIVED, ...reserved], complaints);
  if (Object.keys(salesforce).length === 0)
    complaints.about(
      [...path, 'salesforce'],
      'No Salesforce field is named. Write { Lead: Company }, { Contact: … }, or both.',
    );
  const settlement = settled({ ...written, late }, path, 'field', complaints);
  complainOfValues(written, path, complaints);
  complainOfConsent(written, path, complaints);
  return {
    name: written.hubspot,
    ...(written.name === undefined ? {} : { alias: written.name }),
    hubspot: written.hubspot,
    salesforce,
    ...settlement,
    clears: written.clears ?? 'keep',
    kind: written.as ?? kindOf(written),
    ...(written.values === undefined ? {} : { values: written.values }),
    at: complaints.lineOf(path),
  };
}

function onEach(objects: readonly MappedObject[], field: string): FieldMapping['salesforce'] {
  return Object.fromEntries(objects.map((object) => [object, field]));
}

function perObject(written: Exclude<WrittenField['salesforce'], string>): FieldMapping['salesforce'] {
  return {
    ...(written.Lead === undefined ? {} : { Lead: written.Lead }),
    ...(written.Contact === undefined ? {} : { Contact: written.Contact }),
  };
}

function complainOfReserved(names: readonly string[], path: Path, reserved: Reserved, complaints: Complaints): void {
  for (const name of new Set(names)) {
    const why = reserved.find(([pattern]) => pattern.test(name))?.[1];
    if (why !== undefined) complaints.about(path, `${name} ${why}; it cannot be mapped. Remove this line.`);
  }
}

/** Two HubSpot values for one Salesforce value can be read in one direction only. */
function complainOfValues({ values = {}, policy }: WrittenField, path: Path, complaints: Complaints): void {
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

/** What a person agreed to is a yes or a no. It is compared so, and an empty field takes nothing back. */
function complainOfConsent({ policy, as, clears }: WrittenField, path: Path, complaints: Complaints): void {
  if (policy !== 'stricter') return;
  if (as !== undefined && as !== 'boolean')
    complaints.about([...path, 'as'], `policy: stricter is for yes/no fields. Write as: boolean, or another policy.`);
  if (clears === 'follow')
    complaints.about(
      [...path, 'clears'],
      'policy: stricter never lifts an opt-out, and emptying a field would. Remove "clears".',
    );
}

function complainOfRepeats(fields: readonly FieldMapping[], { path, complaints }: FieldList): void {
  const seen = new Map<string, string>();
  fields.forEach((field, index) => {
    const names = [
      `HubSpot ${field.hubspot}`,
      ...Object.entries(field.salesforce).map(([object, name]) => `${object}.${name}`),
    ];
    for (const name of names) {
      const earlier = seen.get(name);
      if (earlier === undefined) seen.set(name, field.at);
      else
        complaints.about(
          [...path, index],
          `${name} is mapped already at ${earlier}. A field has one partner; remove one of the two lines.`,
        );
    }
  });
}

/** In the agreement a name means one line. */
function complainOfNames(fields: readonly FieldMapping[], { path, complaints }: FieldList): void {
  fields.forEach(({ alias }, index) => {
    const other = fields.find(
      (field, nth) => nth !== index && (field.name === alias || (field.alias === alias && nth < index)),
    );
    if (alias === undefined || other === undefined) return;
    complaints.about(
      [...path, index, 'name'],
      `\`${alias}\` already names the line at ${other.at}. Give this one a name of its own.`,
    );
  });
}

function kindOf({ hubspot, values, policy }: WrittenField): ValueKind {
  if (policy === 'stricter') return 'boolean';
  return values === undefined ? (KINDS[hubspot] ?? 'text') : 'picklist';
}

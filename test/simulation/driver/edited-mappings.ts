import { loadMappings, type Mappings, restoreMappings } from '../../../src/config/load.ts';

/** What an admin changes in one of the files, as one does: one line becomes another. */
export type MappingEdit = { readonly name: string; readonly file: string; readonly find: string; readonly put: string };

const PHONE = 'salesforce: Phone, policy: two-way, first: newest, conflict: newest';
const PHONE_LINE = '- { hubspot: phone,';
const TITLE = 'salesforce: Title, policy: two-way, first: salesforce, conflict: salesforce';
const THREE_DAYS = 'within: 3 business days';
const VERSION = 'version: "2026-11"';

/** Edits of the mapping. They are taken back before a history ends, because the oracles know the shipped mapping by heart. */
export const FIELD_EDITS: readonly MappingEdit[] = [
  { name: 'phone-is-hubspots', file: 'contact.yaml', find: PHONE, put: 'salesforce: Phone, policy: hubspot' },
  { name: 'phone-left-out', file: 'contact.yaml', find: PHONE_LINE, put: `# ${PHONE_LINE}` },
  { name: 'title-is-sales', file: 'contact.yaml', find: TITLE, put: 'salesforce: Title, policy: salesforce' },
  { name: 'several-left-alone', file: 'contact.yaml', find: 'several: rule', put: 'several: leave' },
];

/** Edits of the agreement, each under a version of its own. */
export const AGREEMENT_EDITS: readonly MappingEdit[] = [
  { name: 'threshold-70', file: 'agreement.yaml', find: 'at-least: 80', put: 'at-least: 70' },
  { name: 'contact-in-hours', file: 'agreement.yaml', find: THREE_DAYS, put: 'within: 5 business hours' },
  { name: 'contact-in-a-day', file: 'agreement.yaml', find: THREE_DAYS, put: 'within: 24 hours' },
  { name: 'contact-next-day', file: 'agreement.yaml', find: THREE_DAYS, put: 'within: 1 business day' },
  {
    name: 'convert-in-hours',
    file: 'agreement.yaml',
    find: 'within: 2 business days',
    put: 'within: 6 business hours',
  },
  { name: 'reset-lifecycle', file: 'agreement.yaml', find: 'reset_lifecycle: false', put: 'reset_lifecycle: true' },
];

/** Edits of the calendar: what has begun to be counted stays counted as it was. */
export const CALENDAR_EDITS: readonly MappingEdit[] = [
  {
    name: 'closed-next-week',
    file: 'calendar.yaml',
    find: '  closed: #',
    put: '  closed:\n    - { from: 2026-11-10, to: 2026-11-11, name: 創立記念日 }\n    #',
  },
  { name: 'shorter-days', file: 'calendar.yaml', find: '09:00-18:00', put: '10:00-17:00' },
];

type Files = { readonly label: string; readonly files: Readonly<Record<string, string>> };

const known = new Map<string, Mappings>();

/**
 * The shipped mappings with these edits, their agreement under the name of its `version`; 0 is the name it ships with. Reading them is slow,
 * and they depend on nothing else: they are read once.
 */
export function editedMappings(edits: readonly MappingEdit[], version = 0): Mappings {
  const name = [version, ...edits.map((edit) => edit.name)].join(' ');
  const mappings = known.get(name) ?? read(edits, version);
  known.set(name, mappings);
  return mappings;
}

function read(edits: readonly MappingEdit[], version: number): Mappings {
  if (edits.length === 0 && version === 0) return loadMappings('mappings', 'ja');
  const { label, files } = JSON.parse(editedMappings([]).text) as Files;
  const edited = { ...files };
  for (const { name, file, find, put } of edits) {
    const text = edited[file] ?? '';
    if (text.split(find).length !== 2) throw new Error(`The edit ${name} does not fit ${file} any more.`);
    edited[file] = text.replace(find, () => put);
  }
  const agreement = edited['agreement.yaml'] ?? '';
  if (version > 0) edited['agreement.yaml'] = agreement.replace(VERSION, `version: "2026-11-${version}"`);
  return restoreMappings(JSON.stringify({ label, files: edited }), 'ja');
}

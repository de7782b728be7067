import { loadMappings, type Mappings, restoreMappings } from '../../../src/config/load.ts';

/** What an admin changes in one of the files, as one does: one line becomes another; `also`, what belongs to it in a second file. */
export type MappingEdit = Line & { readonly name: string; readonly also?: Line };
type Line = { readonly file: string; readonly find: string; readonly put: string };

const PHONE = 'salesforce: Phone, policy: two-way, first: newest, conflict: newest';
const PHONE_LINE = '- { hubspot: phone,';
const TITLE = 'salesforce: Title, policy: two-way, first: salesforce, conflict: salesforce';
const THREE_DAYS = 'within: 3 business days';
const SET_UP =
  'starts: { entered: SQL }\n    ends: { any: [{ deal: open }, { meeting: booked, by: owner }] }\n    within: 5 business days';
const CONVERT =
  '  convert:\n    department: sales\n    who: owner\n    starts: { deal: waiting }\n    ends: { converted: true }\n    within: 2 business days\n    lapse: { task: urgent }\n';
const LAPSE = 'lapse: { task: urgent } # 過ぎたら、';
const VERSION = 'version: "2026-11"';

const WITH_ACTIONS = {
  file: 'agreement.yaml',
  find: 'roles:',
  put: 'actions: { pricing-view: { hubspot-page: /pricing } }\nroles:',
};

const FIELD_SALES = `teams:
  field-sales:
    members: [yuki.nakamura@example.co.jp, { who: daisuke.kobayashi@example.co.jp, weight: 2 }]
    manager: ken.takahashi@example.co.jp
    assign: round-robin
    capacity: 2 per day
`;
const IN_TURN = 'assign: round-robin # queue';

/** Edits of the mapping. They are taken back before a history ends, because the oracles know the shipped mapping by heart. */
export const FIELD_EDITS: readonly MappingEdit[] = [
  { name: 'phone-is-hubspots', file: 'contact.yaml', find: PHONE, put: 'salesforce: Phone, policy: hubspot' },
  { name: 'phone-left-out', file: 'contact.yaml', find: PHONE_LINE, put: `# ${PHONE_LINE}` },
  { name: 'title-is-sales', file: 'contact.yaml', find: TITLE, put: 'salesforce: Title, policy: salesforce' },
  { name: 'several-left-alone', file: 'contact.yaml', find: 'several: rule', put: 'several: leave' },
];

/** Sales is asked to accept or to reject, by then; and may recycle and disqualify. */
function asked(name: string, until: string): MappingEdit {
  return {
    name,
    file: 'agreement.yaml',
    find: '  SAL: { department: sales }\n',
    put: `  SAL: { department: sales, when: { answer: accepted } }
  recycled: { reasons: { timing: 時期が先, no-budget: 予算なし } }
  disqualified: { reasons: { competitor: 競合 } }\n`,
    also: {
      file: 'agreement.yaml',
      find: 'deadlines:\n',
      put: `answers: { reject-reasons: { bad-fit: 対象外, not-ready: 時期尚早 } }
deadlines:
  answer:
    department: sales
    who: owner
    starts: { handed-off: inside-sales }
    ends: { answer: any }
    ${until}\n`,
    },
  };
}

/** Those in which sales is asked for an answer. */
export const ANSWER_EDITS: readonly MappingEdit[] = [
  asked('sales-answers', 'within: 1 business day\n    otherwise: accepted'),
  asked('sales-answers-soon', 'within: 4 business hours\n    otherwise: accepted'),
  asked('sales-is-reminded', 'within: 6 business hours\n    lapse: { task: normal }'),
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
  {
    name: 'follow-up',
    file: 'agreement.yaml',
    find: SET_UP,
    put: 'starts: { met: first-contact }\n    ends: { any: [{ entered: SQL }, { converted: true }, { deal: open, with: [amount] }] }\n    within: 8 business hours',
  },
  {
    name: 'views-count',
    file: 'agreement.yaml',
    find: 'when: { score: total, at-least: 80 }',
    put: 'when: { any: [{ score: total, at-least: 80 }, { action: pricing-view, at-least: 2, within: 30 days }] }',
    also: WITH_ACTIONS,
  },
  {
    name: 'views-score',
    file: 'agreement.yaml',
    find: 'behaviour: { hubspot: leadscore }',
    put: 'behaviour: [{ action: pricing-view, points: 40, at-most: 90, within: 30 days, halves-every: 20 days }]',
    also: WITH_ACTIONS,
  },
  {
    name: 'views-are-over',
    file: 'agreement.yaml',
    find: 'when: { score: total, at-least: 80 }',
    put: 'when: { all: [{ action: pricing-view, at-least: 1 }, { action: pricing-view, at-most: 0, within: 24 hours }] }',
    also: WITH_ACTIONS,
  },
  // What has begun goes on as it was promised, whatever this one says.
  { name: 'convert-struck', file: 'agreement.yaml', find: CONVERT, put: '' },
  { name: 'first-contact-renamed', file: 'agreement.yaml', find: '  first-contact:\n', put: '  first-call:\n' },
  {
    name: 'threshold-60-for-new',
    file: 'agreement.yaml',
    find: 'at-least: 80',
    put: 'at-least: 60',
    also: { file: 'agreement.yaml', find: 'roles:', put: 'applies_to: new\nroles:' },
  },
  {
    name: 'status-updates',
    file: 'agreement.yaml',
    find: 'roles:',
    put: 'registration: { status-updates: { within: 2 business days } }\nroles:',
  },
  { name: 'adopts', file: 'agreement.yaml', find: 'roles:', put: 'adopt: { open_since: 90 days }\nroles:' },
  {
    name: 'with-brief',
    file: 'agreement.yaml',
    find: 'hand-off: { to: inside-sales }',
    put: 'hand-off: { to: inside-sales, brief: true }',
  },
  {
    name: 'on-to-field-sales',
    file: 'agreement.yaml',
    find: 'SQL: { department: sales }',
    put: 'SQL: { department: sales, hand-off: { to: field-sales, brief: true } }',
    also: { file: 'owners.yaml', find: 'teams:\n', put: FIELD_SALES },
  },
  {
    name: 'hand-over-in-time',
    file: 'agreement.yaml',
    find: 'deadlines:\n',
    put: 'deadlines:\n  hand-over:\n    department: marketing\n    starts: { criteria-met: MQL }\n    ends: { handed-off: inside-sales }\n    within: 2 business hours\n',
  },
  ...ANSWER_EDITS,
  { name: 'reset-lifecycle', file: 'agreement.yaml', find: 'reset_lifecycle: false', put: 'reset_lifecycle: true' },
];

/** Edits of what a lapse leads to, each under a version of its own; they stand beside those of the agreement. */
export const LADDER_EDITS: readonly MappingEdit[] = [
  {
    name: 'escalate',
    file: 'agreement.yaml',
    find: LAPSE,
    put: `remind: 4 business hours before
    grace: 1 hour
    lapse:
      task: normal
      ticked-off: ask
      escalate: [{ after: 2 business hours, to: manager }, { after: 1 business day, to: sales-head }] #`,
  },
  {
    name: 'two-tasks-a-day',
    file: 'agreement.yaml',
    find: LAPSE,
    put: 'lapse: { task: urgent, escalate: [{ after: 3 hours, to: deputy }, { after: 5 hours, to: manager }] } #',
    also: { file: 'agreement.yaml', find: 'roles:', put: 'tasks: { at-most: 2 per day }\nroles:' },
  },
];

/** Edits of the calendar, and of who is there: what has begun to be counted stays counted as it was. */
export const CALENDAR_EDITS: readonly MappingEdit[] = [
  {
    name: 'closed-next-week',
    file: 'calendar.yaml',
    find: '  closed: #',
    put: '  closed:\n    - { from: 2026-11-10, to: 2026-11-11, name: 創立記念日 }\n    #',
  },
  { name: 'shorter-days', file: 'calendar.yaml', find: '"09:00-18:00" }\n', put: '"10:00-17:00" }\n' },
  {
    name: 'office-of-its-own',
    file: 'calendar.yaml',
    find: '  hours: { mon-fri: "09:00-18:00" }\n',
    put: '  hours: { mon-fri: "09:00-18:00" }\n  offices: { osaka: { hours: { tue-sat: "10:30-19:15" } } }\n',
    also: { file: 'owners.yaml', find: '    queue: IS_Queue\n', put: '    queue: IS_Queue\n    office: osaka\n' },
  },
  {
    name: 'two-away',
    file: 'owners.yaml',
    find: 'teams:\n',
    put: `absences:
  - { who: taro.suzuki@example.co.jp, from: 2026-11-04, to: 2026-11-13, deputy: mio.tanaka@example.co.jp }
  - { who: aya.ito@example.co.jp, from: 2026-11-09, to: 2026-11-30, deputy: shota.watanabe@example.co.jp }
teams:\n`,
  },
  {
    name: 'one-a-day',
    file: 'owners.yaml',
    find: IN_TURN,
    put: 'assign: round-robin\n    capacity: 1 per day # queue',
  },
  {
    name: 'by-industry',
    file: 'owners.yaml',
    find: IN_TURN,
    put: 'assign: { by: person.industry, table: { MANUFACTURING: [taro.suzuki@example.co.jp, aya.ito@example.co.jp] }, otherwise: [shota.watanabe@example.co.jp, mio.tanaka@example.co.jp] } # queue',
  },
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
  for (const { name, also, ...line } of edits) {
    for (const { file, find, put } of also === undefined ? [line] : [line, also]) {
      const text = edited[file] ?? '';
      if (text.split(find).length !== 2) throw new Error(`The edit ${name} does not fit ${file} any more.`);
      edited[file] = text.replace(find, () => put);
    }
  }
  const agreement = edited['agreement.yaml'] ?? '';
  if (version > 0) edited['agreement.yaml'] = agreement.replace(VERSION, `version: "2026-11-${version}"`);
  return restoreMappings(JSON.stringify({ label, files: edited }), 'ja');
}

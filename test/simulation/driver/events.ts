import { versionsOf } from '../../../src/sandbox/hubspot/records/record.ts';
import type { World } from '../../support/deeds/hands.ts';

/** What a line of the history tells, by its shape: the table of events in the coverage. The first that fits names it. */
const SHAPES: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    /^(hubspot|salesforce) (\w+) \S+: (\w+) = (.*)$/u,
    (_, system, object, field) => `${system} ${object} ${field} typed`,
  ],
  [/^contact \S+: (\w+) typed by hand/u, (_, field) => `our ${field} typed`],
  [/^Lead \S+: (\w+) typed by hand/u, (_, field) => `our ${field} typed`],
  [/^Lead \S+ converted: .*, who was due/u, () => 'Lead converted just in time'],
  [/^(Lead|Contact) \S+ answered: (.*)$/u, (_, object, what) => `${object} ${what}`],
  [/^(contact|Lead|deal) \S+: (\w+)/u, (_, object, what) => `${object} ${what}`],
  [/^new (\w+)/u, (_, object) => `new ${object}`],
  [/^call \S+ logged on \S+, who was due/u, () => 'call logged just in time'],
  [/^call \S+ (logged|deleted)/u, (_, what) => `call ${what}`],
  [/^(\w+) \S+ (deleted|restored|archived|converted|merged)/u, (_, object, what) => `${object} ${what}`],
  [/^our Task \S+: (.*)$/u, (_, what) => `our Task ${what}`],
  [/^user \S+ is (deactivated|active)/u, (_, what) => `user ${what}`],
  [/^(role|meeting|owner|refused)/u, (_, what) => what],
];
const SALES_STAGES = { Lead: 'Tasuki_Stage__c', Contact: 'Tasuki_Stage__c', Opportunity: 'StageName' } as const;

/** What happened, and at which stage whoever it happened to was: a person by our stage, a deal by its own. */
export function eventIn(line: string, world: World): string {
  const event = nameOf(line);
  const ids = line.match(/\b(?:\d{9,}|[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3}))\b/gu) ?? [];
  const stages = ids.flatMap((id) => stageOf(id, world) ?? []);
  return `${event} × ${stages[0] ?? 'no stage'}`;
}

function nameOf(line: string): string {
  for (const [shape, name] of SHAPES) {
    const found = shape.exec(line);
    if (found !== null) return name(...found);
  }
  return 'something else';
}

function stageOf(id: string, { portal, org }: World): string | null {
  for (const [object, property] of [
    ['contacts', 'tasuki_stage'],
    ['deals', 'dealstage'],
  ] as const) {
    const record = portal.space(object).store.get(id);
    if (record !== undefined) return versionsOf(record, property).at(-1)?.value || 'none yet';
  }
  for (const [object, field] of Object.entries(SALES_STAGES)) {
    const row = org.state.tables.get(object).get(id);
    if (row !== undefined) return String(row[field] ?? 'none yet');
  }
  return null;
}

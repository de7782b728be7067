import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import type { Diary, System } from '../../support/deeds/hands.ts';
import { type Known, text } from '../../support/laws/scene.ts';

/** HubSpot's name of what is typed on both sides, and Salesforce's. */
const TYPED: ReadonlyMap<string, string> = new Map([
  ['email', 'Email'],
  ['phone', 'Phone'],
  ['jobtitle', 'Title'],
  ['company', 'Company'],
]);
const STANDS_IN = '(会社名未入力)';
const TAKEN_FROM_A_PERSON: ReadonlySet<string> = new Set(['copied', 'conflict-settled', 'cleared']);

/**
 * Laws R6 and R15: an edit gives way to another person's edit, never to what stood there all along, nor to what we had written there
 * ourselves, as if somebody had typed it; and a stand-in of ours is nobody's word: it stands nowhere else, and gives way to whatever does.
 */
export function gaveWayToNobody(
  people: readonly Known[],
  diary: Readonly<Diary>,
  policies: readonly Policy[],
): readonly string[] {
  return people.flatMap((known) => {
    const written = known.changes.filter(({ state }) => state === 'acknowledged' || state === 'confirmed');
    return written.flatMap((change) =>
      change.steps.flat().flatMap(({ field, before, after, reason }) => {
        const { system, object, id } = change.target;
        const place = `${object} ${text(id)} ${field}`;
        if (system === 'hubspot' && field === 'company' && after === STANDS_IN)
          return [`R6: ${place} got the stand-in ${STANDS_IN}`];
        if (!TAKEN_FROM_A_PERSON.has(reason.code) || !isTyped(field) || before === STANDS_IN) return [];
        if (!isOneThroughout(known) || !isAlwaysTwoWay(field, policies)) return [];
        const other: System = system === 'hubspot' ? 'salesforce' : 'hubspot';
        if (!wasTyped(known, { system: other, field }, diary))
          return [`R6: ${place} gave way to ${text(after)}, and nobody had typed it in ${other}`];
        return echoes(change, after, written, diary).map(
          (ours) => `R6: ${place} gave way to ${text(after)} of ${ours}`,
        );
      }),
    );
  });
}

/** What we had written on the other side, and nobody had typed there. */
function echoes(
  change: TrackedChange,
  after: unknown,
  written: readonly TrackedChange[],
  { edits }: Readonly<Diary>,
): readonly string[] {
  const isThere = ({ system }: { readonly system: System }) => system !== change.target.system;
  if (edits.some((edit) => isThere(edit) && same(edit.value, after))) return [];
  const ours = written.find(
    ({ target, plannedAt, steps }) =>
      isThere(target) &&
      plannedAt <= change.plannedAt &&
      steps.flat().some((step) => isTyped(step.field) && same(step.after, after)),
  );
  return ours === undefined ? [] : [ours.id];
}

/** One record on each side from beginning to end: whatever stands there was typed there, or copied by us. */
function isOneThroughout({ facts: { links } }: Known): boolean {
  return links.length === 2 && links.every(({ role }) => role === 'current');
}

function wasTyped(
  { facts: { links } }: Known,
  { system, field }: { readonly system: System; readonly field: string },
  { edits }: Readonly<Diary>,
): boolean {
  const [names] = [...TYPED].filter((pair) => pair.includes(field));
  return edits.some(
    (edit) =>
      edit.system === system && names?.includes(edit.field) && links.some(({ record }) => record.id === edit.id),
  );
}

function isAlwaysTwoWay(field: string, policies: readonly Policy[]): boolean {
  return policies.every(({ person }) =>
    person.fields.some(
      ({ hubspot, policy }) => policy === 'two-way' && (hubspot === field || TYPED.get(hubspot) === field),
    ),
  );
}

function isTyped(field: string): boolean {
  return TYPED.has(field) || [...TYPED.values()].includes(field);
}

function same(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map((value) => text(value).toLowerCase().replaceAll('-', ''));
  return first === second;
}

import type { FieldChange, TrackedChange } from '../domain/people/change.ts';
import type { EntityFacts, Finding } from '../domain/people/person.ts';
import { type Base, isTask } from '../domain/people/record.ts';
import type { Value, Values } from '../domain/values/value.ts';
import { stands } from './read-back.ts';
import { refusedSubject } from './refused.ts';
import type { Draft } from './settle-drafts.ts';
import { wantedIn } from './wanted.ts';

/**
 * Leaves out what a person has taken back (`tasuki undo`), for as long as we would write the very same value, so that the next pass
 * does not undo the undo.
 *
 * The finding remembers the values that are not wanted (`wanted`), as a refusal does. Mapped fields need it least: their bases say that
 * both sides agreed to differ, so no draft names them until somebody edits one.
 */
export function withoutUndone({ fields, target }: Draft, facts: EntityFacts): readonly FieldChange[] {
  const finding = undoneOn(refusedSubject({ target }, facts), facts);
  if (finding === undefined) return fields;
  const unwanted = wantedIn(finding);
  return fields.filter(({ field, after }) => !(field in unwanted) || unwanted[field] !== after);
}

/** What an undo has left unwanted on the record of this subject, if anything. */
export function undoneOn(subject: string, { findings }: Pick<EntityFacts, 'findings'>): Finding | undefined {
  return findings.find((open) => open.code === 'WRITE_UNDONE' && open.subject === subject);
}

/** Field → the base that says both sides agreed to differ; derived fields have none. */
export function undoneBasesIn({ detail }: Pick<Finding, 'detail'>): Readonly<Record<string, string>> {
  return JSON.parse(String(detail['bases'] ?? '{}')) as Record<string, string>;
}

/** What an undo leaves unwanted on one record: who took which run back, and see `wantedIn` and `undoneBasesIn`. */
export type Unwanted = {
  readonly subject: string;
  readonly entity: string;
  readonly system: string;
  readonly run: string;
  readonly who: string;
  readonly wanted: Values;
  readonly bases: Readonly<Record<string, string>>;
};

/** The finding that says so, and remembers it. */
export function undoneFinding({ subject, entity, system, run, who, wanted, bases }: Unwanted): Finding {
  const fields = Object.keys(wanted).join(', ');
  const detail = { run, who, system, fields, wanted: JSON.stringify(wanted), bases: JSON.stringify(bases) };
  return { code: 'WRITE_UNDONE', subject, entity, detail };
}

/** What is meant for the entity now, and the bases that this plan leaves it with. */
export type NowMeant = {
  readonly drafts: readonly Draft[];
  readonly open: readonly TrackedChange[];
  readonly bases: readonly Base[];
};

/** What of the undone still holds: findings that have grown smaller, and those that nothing is held back by any more. */
export function undoneNow(
  facts: EntityFacts,
  now: NowMeant,
): { readonly open: readonly Finding[]; readonly over: readonly Pick<Finding, 'code' | 'subject'>[] } {
  const open: Finding[] = [];
  const over: Pick<Finding, 'code' | 'subject'>[] = [];
  for (const finding of facts.findings.filter(({ code }) => code === 'WRITE_UNDONE')) {
    const wanted = wantedIn(finding);
    const bases = undoneBasesIn(finding);
    const held = Object.keys(wanted).filter((field) => isHeld(finding, field, facts, now));
    if (held.length === 0) over.push({ code: finding.code, subject: finding.subject });
    else if (held.length < Object.keys(wanted).length) {
      const { run, who, system } = finding.detail;
      open.push(
        undoneFinding({
          subject: finding.subject,
          entity: facts.id,
          system: String(system),
          run: String(run),
          who: String(who),
          wanted: only(wanted, held),
          bases: only(bases, held),
        }),
      );
    }
  }
  return { open, over };
}

function only<T>(values: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

/** The undo is still on its way, or we would write the same again, or both sides still differ by agreement. */
function isHeld(finding: Finding, field: string, facts: EntityFacts, { drafts, open, bases }: NowMeant): boolean {
  const isAboutIt = (target: Draft['target']) => refusedSubject({ target }, facts) === finding.subject;
  if (open.some(({ marks, target }) => marks.undoes !== undefined && isAboutIt(target))) return true;
  const unwanted = wantedIn(finding)[field];
  if (drafts.some((draft) => isAboutIt(draft.target) && names(draft, field, unwanted))) return true;
  const name = undoneBasesIn(finding)[field];
  const base = bases.findLast((known) => known.field === name) ?? facts.bases.find((known) => known.field === name);
  return base !== undefined && base.hubspot !== base.salesforce;
}

function names({ fields }: Draft, name: string, value: Value | undefined): boolean {
  return fields.some(({ field, after }) => field === name && after === value);
}

/** A change that takes another one back, and waits: it is called for as long as the record holds what it takes back. */
export function isCalledFor({ marks, steps, step, target }: TrackedChange, { sightings }: EntityFacts): boolean {
  if (marks.undoes === undefined) return false;
  const seen = sightings.find(({ record }) => record.system === target.system && record.id === target.id);
  if (seen === undefined) return isTask(target.object); // it is no record of the entity's; reading it back tells
  return (steps[step] ?? []).every(({ field, before }) => {
    const found = seen.values[field];
    return before === undefined || found === undefined || stands(field, found, before);
  });
}

import type { Change, FieldChange, Reason, TrackedChange } from '../domain/people/change.ts';
import type { AnyFacts, Finding } from '../domain/people/person.ts';
import { type Base, entityKindOf, isTask, recordName, type Sighting } from '../domain/people/record.ts';
import type { UndoLine } from '../domain/people/undo.ts';
import type { Value } from '../domain/values/value.ts';
import { type PlanContext } from './context.ts';
import { inSteps } from './lifecycle.ts';
import { fieldsBehind } from './settle-drafts.ts';
import { baseApart } from './undo-bases.ts';
import { taskUndo } from './undo-task.ts';
import { type Image, imagesOf, isWritten, judgeImage, recordNow } from './undo-verdicts.ts';
import { undoneBasesIn, undoneFinding, undoneOn } from './undone.ts';
import { wantedIn } from './wanted.ts';

/** What an undo knows of one person, deal or company. */
export type UndoFacts = {
  readonly facts: AnyFacts;
  /** Everything ever meant for the records that the run wrote to, from its first change on, of all runs, oldest first. */
  readonly changes: readonly TrackedChange[];
};

/** Which run is taken back, from when on, by whom, and as which run. */
export type Undo = {
  readonly run: string;
  /** Of a worker's run, which lasts for weeks, only what was planned since; `null`: all of it. */
  readonly since: number | null;
  readonly who: string;
  readonly as: string;
};

/** What an undo means for one entity: ordinary changes, what they leave unwanted, and a line for everything the run had done. */
export type EntityUndo = {
  readonly entity: string;
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  readonly lines: readonly UndoLine[];
};

/**
 * Takes back what a run wrote to one entity, wherever it still stands (law R14), and says of the rest why not.
 *
 * What is restored is written like anything else: approved, sent, read back; so an undo is a run, and can be undone. After it both
 * sides differ by agreement: the bases of mapped fields say so, and a finding remembers the derived values that are not wanted.
 */
export function planUndo({ facts, changes }: UndoFacts, undo: Undo, context: PlanContext): EntityUndo {
  const isOfRun = ({ run, plannedAt }: TrackedChange) => run === undo.run && plannedAt >= (undo.since ?? plannedAt);
  const ours = changes.filter(isOfRun);
  const made: Change[] = [];
  const findings: Finding[] = [];
  const lines: UndoLine[] = ours.flatMap(lineOfChange);
  for (const task of ours.filter(({ target, kind }) => isTask(target.object) && kind === 'create')) {
    if (!isWritten(task)) continue;
    const { line, change } = taskUndo(task, { facts, undo, nth: made.length, context });
    lines.push(line);
    if (change !== null) made.push(change);
  }
  let bases = facts.bases;
  for (const group of byRecord(changes)) {
    const restored = undoRecord(group, isOfRun, { facts: { ...facts, bases }, undo, nth: made.length, context });
    lines.push(...restored.lines);
    if (restored.change === null) continue;
    made.push(restored.change);
    findings.push(restored.finding);
    bases = [...restored.change.basesAfter!, ...bases.filter((base) => !isAmong(base, restored.change.basesAfter!))];
  }
  return { entity: facts.id, changes: made, findings, lines };
}

export type Undoing = {
  readonly facts: AnyFacts;
  readonly undo: Undo;
  /** How many changes this undo has made for the entity so far: its change's number. */
  readonly nth: number;
  readonly context: PlanContext;
};

function isAmong({ field }: Base, bases: readonly Base[]): boolean {
  return bases.some((base) => base.field === field);
}

/** What is said of a change as a whole: it is not in yet, is undone already, or made a record, which stays. */
function lineOfChange(change: TrackedChange): readonly UndoLine[] {
  const { kind, state, target } = change;
  const line = (because: 'created' | 'not-settled' | 'already-undone'): readonly UndoLine[] => [
    { target, field: null, verdict: { kind: 'kept', because } },
  ];
  if (state === 'undone') return line('already-undone');
  if (state === 'superseded' || state === 'refused') return [];
  if (!isWritten(change)) return line('not-settled');
  return kind === 'create' && !isTask(target.object) ? line('created') : [];
}

/** Updates of the same record, oldest first. Records that are nobody's (a Task, a contact role) keep what was written there. */
function byRecord(changes: readonly TrackedChange[]): readonly (readonly TrackedChange[])[] {
  const groups = new Map<string, TrackedChange[]>();
  for (const change of changes) {
    const { system, object, id } = change.target;
    if (change.kind !== 'update' || id === null || entityKindOf(object) === null) continue;
    const name = recordName({ system, object, id });
    groups.set(name, [...(groups.get(name) ?? []), change]);
  }
  return [...groups.values()];
}

type RecordUndo =
  | { readonly change: Change; readonly finding: Finding; readonly lines: readonly UndoLine[] }
  | { readonly change: null; readonly lines: readonly UndoLine[] };

function undoRecord(
  changes: readonly TrackedChange[],
  isOfRun: (change: TrackedChange) => boolean,
  undoing: Undoing,
): RecordUndo {
  const images = imagesOf(changes, isOfRun);
  const { system, object, id } = changes[0]!.target;
  const target = { system, object, id: id! };
  const seen = recordNow(target, undoing.facts);
  if (typeof seen === 'string') {
    const lines = images.map(({ field }): UndoLine => ({ target, field, verdict: { kind: 'kept', because: seen } }));
    return { change: null, lines };
  }
  const judged = images.flatMap((image) => {
    const verdict = judgeImage(image, seen, undoing.context);
    return verdict === null ? [] : [{ image, verdict, line: { target, field: image.field, verdict } }];
  });
  const lines = judged.map(({ line }) => line);
  const restored = judged.flatMap(({ image, verdict }) =>
    verdict.kind === 'restored' ? [{ ...image, ...verdict }] : [],
  );
  if (restored.length === 0) return { change: null, lines };
  return { ...restoring(restored, changes, seen, undoing), lines };
}

type Restored = Image & { readonly from: Value; readonly to: Value };

function restoring(
  restored: readonly Restored[],
  changes: readonly TrackedChange[],
  seen: Sighting,
  { facts, undo, nth, context }: Undoing,
): { readonly change: Change; readonly finding: Finding } {
  const { run, who } = undo;
  const reason: Reason = { code: 'undone', detail: { run, who } };
  const fields = restored.map(({ field, from, to }): FieldChange => ({ field, before: from, after: to, reason }));
  const after: Sighting = {
    ...seen,
    values: { ...seen.values, ...Object.fromEntries(restored.map(({ field, to }) => [field, to])) },
  };
  const names = [...new Set(changes.flatMap(({ basesAfter }) => basesAfter ?? []).map(({ field }) => field))];
  const behind = names.flatMap((name) => {
    const own = fieldsBehind({ field: name }, seen.record, context);
    const among = restored.filter(({ field }) => own.includes(field)).map(({ field }) => field);
    return among.length === 0 ? [] : [{ name, fields: among }];
  });
  const bases = behind.flatMap(({ name }) => baseApart(name, after, facts, context) ?? []);
  const change: Change = {
    id: `${undo.as}:${facts.id}.${nth}`,
    writeKey: `${undo.as}:${facts.id}.${nth}`,
    entity: facts.id,
    kind: 'update',
    target: seen.record,
    key: null,
    steps: inSteps(fields, seen.record.system),
    after: [],
    readBack: true,
    marks: { undoes: [...new Set(restored.flatMap((image) => image.changes))] },
    basesAfter: bases,
    agreementVersion: context.policy.agreement.version,
  };
  const apart = behind.filter(({ name }) => bases.some(({ field }) => field === name));
  return { change, finding: findingOf(restored, apart, seen, { facts, undo }) };
}

/** What the undo of an earlier run left unwanted on this record stays so. */
function findingOf(
  restored: readonly Restored[],
  apart: readonly { readonly name: string; readonly fields: readonly string[] }[],
  { record }: Sighting,
  { facts, undo }: Pick<Undoing, 'facts' | 'undo'>,
): Finding {
  const subject = recordName(record);
  const known = undoneOn(subject, facts);
  const wanted = Object.fromEntries(restored.map(({ field, from }) => [field, from]));
  const bases = Object.fromEntries(apart.flatMap(({ name, fields }) => fields.map((field) => [field, name])));
  return undoneFinding({
    subject,
    entity: facts.id,
    system: record.system,
    run: undo.run,
    who: undo.who,
    wanted: known === undefined ? wanted : { ...wantedIn(known), ...wanted },
    bases: known === undefined ? bases : { ...undoneBasesIn(known), ...bases },
  });
}

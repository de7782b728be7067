import type { TrackedChange } from '../../../src/domain/people/change.ts';
import type { UndoLine } from '../../../src/domain/people/undo.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import type { Random } from '../../../src/sandbox/kernel/random.ts';
import { HUMAN, liveRecords, liveRows, type World } from '../../support/deeds/hands.ts';
import { text } from '../../support/laws/scene.ts';
import type { Worker } from '../driver/worker.ts';

type Undoing = {
  readonly company: World;
  readonly ledger: Ledger;
  readonly worker: () => Worker;
  readonly random: Random;
  /** Passes until nothing more follows; what it tells is broken. */
  readonly calmDown: () => Promise<readonly string[]>;
};

/** What a run left in one field of one record, and what it had found there. */
type Image = {
  readonly target: TrackedChange['target'];
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly isLater: boolean;
};

/** Our key ties two records together, ties are only ever added, and what somebody has declined is not lifted. */
const NEVER_TAKEN_BACK = /^(?:tasuki_key|Tasuki_Key__c|associations\..*|hs_email_optout|HasOptedOutOfEmail)$/u;
/** Why what is still ours may stay; that somebody else had edited it is none. */
const EXCUSES: ReadonlySet<string> = new Set(['record-gone', 'converted', 'not-read', 'not-settled', 'already-undone']);
/** Ours alone, and the stage as HubSpot shows it: never merged, what they show follows from other records. */
const DERIVED = /^(?:tasuki_|Tasuki_|lifecyclestage$)/u;
const EDITED = /^(?:jobtitle|Title|company|Company)$/u;
const MOST = 1_000;

/**
 * Law R14: takes back a run of the history and looks with its own eyes. Where our value still stood, what was there before stands
 * again; nothing else has moved; of everything the run wrote there is a line. Then all is quiet again, and what was taken back does not
 * come again.
 */
export async function undoRestores({ company, ledger, worker, random, calmDown }: Undoing): Promise<readonly string[]> {
  const runs = (await ledger.runs(MOST)).filter(({ standing }) => standing > 0);
  if (runs.length === 0) return [];
  const { run } = random.pick(runs);
  const images = await imagesOf(run, ledger);
  editOne(images, company, random);
  const before = images.map((image) => valueNow(company, image));
  const undo = { run, since: null, who: 'simulation', as: `undo-of-${run}` };
  const since = new Set((await changesOf(undo, ledger)).map(({ id }) => id));
  const lines = await worker().undo({ undo, only: null });
  if (typeof lines === 'string') return [`undo of ${run} ends: ${lines}`];
  const refused = await refusedBy(undo.as, ledger);
  const anew = await derivedAnew(since, undo, ledger);
  const judged = images.map((image, nth) => {
    const wasOurs = isRestorable(image) && same(before[nth], image.after);
    return { image, held: before[nth], wasOurs: wasOurs && !refused.has(placeOf(image)) };
  });
  const seen = judged.flatMap(({ image, held, wasOurs }) => wrongAfter(image, { held, wasOurs, lines, anew, company }));
  const restored = judged.filter(({ image, wasOurs }) => wasOurs && same(valueNow(company, image), image.before));
  const quiet = await calmDown();
  const again = restored
    .filter(({ image }) => same(valueNow(company, image), image.after))
    .map(({ image }) => `${placeOf(image)} is ${text(image.after)} again, which was taken back`);
  return [...seen, ...quiet, ...again].map((line) => `${run}: ${line}`);
}

/** Somebody edits one of them at the last moment: theirs is to stand. */
function editOne(images: readonly Image[], world: World, random: Random): void {
  const live = new Set([
    ...liveRecords(world, 'contacts').map(({ id }) => id),
    ...['Lead', 'Contact'].flatMap((object) => liveRows(world, object).map((row) => String(row['Id']))),
  ]);
  const ours = images.filter(
    (image) =>
      live.has(text(image.target.id)) &&
      isRestorable(image) &&
      EDITED.test(image.field) &&
      same(valueNow(world, image), image.after),
  );
  if (ours.length === 0) return;
  const { target, field } = random.pick(ours);
  const id = text(target.id);
  const values = { [field]: '誰か' };
  if (target.system === 'hubspot') world.portal.touch(target.object, id, values, HUMAN);
  else world.org.touch(target.object, id, values, { by: world.org.administratorId });
}

async function imagesOf(run: string, ledger: Ledger): Promise<readonly Image[]> {
  const images = new Map<string, Image>();
  for (const entity of await ledger.touchedBy(run, null, MOST)) {
    const history = await ledger.history(entity);
    for (const change of history.flatMap((line) => (line.kind === 'change' ? [line.change] : []))) {
      if (change.kind !== 'update' || ['superseded', 'refused', 'undone'].includes(change.state)) continue;
      for (const { field, before, after } of change.steps.flat()) {
        const place = placeOf({ target: change.target, field });
        const known = images.get(place);
        if (change.run !== run) {
          if (known !== undefined) images.set(place, { ...known, isLater: true });
        } else if (known === undefined || known.isLater)
          images.set(place, { target: change.target, field, before, after, isLater: false });
        else images.set(place, { ...known, after });
      }
    }
  }
  return [...images.values()];
}

/** Where an undo's own write was refused, what we had written stays, and a person was told. */
async function refusedBy(as: string, ledger: Ledger): Promise<ReadonlySet<string>> {
  const refused = new Set<string>();
  for (const entity of await ledger.touchedBy(as, null, MOST))
    for (const line of await ledger.history(entity))
      if (line.kind === 'change' && line.change.run === as && line.change.state === 'refused')
        for (const { field } of line.change.steps.flat()) refused.add(placeOf({ target: line.change.target, field }));
  return refused;
}

/**
 * What was derived anew once the undo had moved what it is derived from: with a deal that is open again, its contact shows so. And what is
 * empty again is filled, where by now there is something else to fill it with. Place by place, what it was written over, and with what.
 */
async function derivedAnew(since: ReadonlySet<string>, asked: Asked, ledger: Ledger): Promise<Seen['anew']> {
  const anew = new Map<string, { before: unknown; after: unknown }>();
  for (const { id, run, state, steps, target } of await changesOf(asked, ledger))
    if (!since.has(id) && run !== asked.as && (state === 'acknowledged' || state === 'confirmed'))
      for (const { field, before, after, reason } of steps.flat())
        if (DERIVED.test(field) || reason.code === 'filled-blank')
          anew.set(placeOf({ target, field }), { before, after });
  return anew;
}

type Asked = { readonly run: string; readonly as: string };

/** All that the journal has of those whom the run had touched, or its undo: of somebody, that may be their deal alone. */
async function changesOf({ run, as }: Asked, ledger: Ledger): Promise<readonly TrackedChange[]> {
  const touched = await Promise.all([run, as].map((each) => ledger.touchedBy(each, null, MOST)));
  const histories = await Promise.all([...new Set(touched.flat())].map((entity) => ledger.history(entity)));
  return histories.flat().flatMap((line) => (line.kind === 'change' ? [line.change] : []));
}

function isRestorable({ field, before, after, isLater }: Image): boolean {
  return !isLater && before !== undefined && !same(before, after) && !NEVER_TAKEN_BACK.test(field);
}

type Seen = {
  readonly held: unknown;
  readonly wasOurs: boolean;
  readonly lines: readonly UndoLine[];
  readonly anew: ReadonlyMap<string, { readonly before: unknown; readonly after: unknown }>;
  readonly company: World;
};

function wrongAfter(image: Image, { held, wasOurs, lines, anew, company }: Seen): readonly string[] {
  const now = valueNow(company, image);
  const told = lines.filter(
    ({ target, field }) => target.id === image.target.id && [null, image.field].includes(field),
  );
  const isRestored = told.some(({ field, verdict }) => field === image.field && verdict.kind === 'restored');
  const isExcused = told.some(({ verdict }) => verdict.kind === 'kept' && EXCUSES.has(verdict.because));
  const derived = anew.get(placeOf(image));
  const isElse = derived !== undefined && same(derived.before, image.before) && !same(derived.after, image.after);
  if (wasOurs && isRestored && !same(now, isElse ? derived.after : image.before))
    return [`${placeOf(image)} was ${text(image.before)}, is ${text(now)} after the undo`];
  if (wasOurs && !isRestored && !isExcused) return [`${placeOf(image)} still holds ours, and it is not said why`];
  // What it follows from was taken back: then it is derived anew, whoever had written it last.
  const isDerivedSince = derived !== undefined && same(derived.before, held) && same(derived.after, now);
  if (!wasOurs && !same(now, held) && !isAlike(held, image.after) && !isDerivedSince)
    return [`${placeOf(image)} was not ours to take back: ${text(held)} became ${text(now)}`];
  return [];
}

function placeOf({ target, field }: Pick<Image, 'target' | 'field'>): string {
  return `${target.object} ${text(target.id)} ${field}`;
}

function valueNow({ portal, org }: World, { target, field }: Pick<Image, 'target' | 'field'>): unknown {
  const { system, object, id } = target;
  if (system === 'hubspot') return portal.records(object).find((record) => record.id === id)?.properties[field];
  return org.records(object).find((row) => row['Id'] === id)?.[field];
}

/** A telephone number is one with and without hyphens, and so is an address in capitals. */
function isAlike(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map((value) => text(value).toLowerCase().replaceAll('-', ''));
  return same(one, other) || first === second;
}

/** Empty is empty, a number is a number, and an instant is one in either system's way of writing it. */
function same(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other].map((value) => {
    const plain = text(value);
    const instant = /^\d{4}-\d\d-\d\dT/u.test(plain) ? Date.parse(plain.replace('+0000', 'Z')) : Number.NaN;
    return Number.isNaN(instant) ? plain : String(instant);
  });
  return first === second;
}

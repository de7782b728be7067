import { FUNNEL } from '../../../src/domain/agreement/stage-order.ts';
import type { StageEntry } from '../../../src/domain/people/person.ts';
import type { Instant } from '../../../src/domain/values/value.ts';
import { InvariantBroken } from '../../../src/errors/errors.ts';
import type { HandOff } from '../../../src/ledger/stages.ts';
import { byColumns } from './order.ts';
import type { StageState } from './rows.ts';
import type { State } from './state.ts';

/** Appends entries; one that is there already stays as it is. */
export function appendStages(state: State, entries: readonly (StageEntry & { readonly entity: string })[]): void {
  for (const entry of entries) {
    const row: StageState = {
      entity: entry.entity,
      number: state.next(),
      stage: entry.stage,
      entered_at: entry.at,
      entered_by: entry.by,
      agreement_version: entry.agreementVersion,
      evidence: entry.evidence,
      pass: entry.pass,
      handed_off_at: entry.handedOffAt ?? null,
      grade: entry.grade ?? null,
    };
    if (!state.stages.by('entity', entry.entity).some((one) => isSame(one, row))) state.stages.put(row);
  }
}

/** A person enters one stage once at one instant. */
function isSame(one: StageState, other: StageState): boolean {
  return one.pass === other.pass && one.stage === other.stage && one.entered_at === other.entered_at;
}

/** The hand-off instant of the newest pass, set once. */
export function markHandOffs(state: State, handOffs: readonly HandOff[], at: Instant): void {
  for (const { entity, stage } of handOffs) {
    const newest = state.stages
      .by('entity', entity)
      .filter((one) => one.stage === stage)
      .toSorted(
        byColumns(
          ({ pass }) => -pass,
          ({ number }) => -number,
        ),
      )[0];
    if (newest !== undefined && newest.handed_off_at === null) state.stages.put({ ...newest, handed_off_at: at });
  }
}

/** Of two pasts the holder keeps what moved forward (law R10); the rest stays told under the other's name. */
export function uniteStages(state: State, holder: string, entity: string): void {
  for (const own of state.stages.by('entity', holder)) {
    const other = state.stages.by('entity', entity).find((one) => isSame(one, own));
    if (other === undefined) continue;
    const handedOff = [own.handed_off_at, other.handed_off_at].flatMap((at) => at ?? []);
    state.stages.drop(`${other.number}`);
    state.stages.put({ ...own, handed_off_at: handedOff.length === 0 ? null : Math.min(...handedOff) });
  }
  const told = [...state.stages.by('entity', holder), ...state.stages.by('entity', entity)];
  const came = byColumns<StageState>(
    (one) => one.entered_at,
    (one) => one.entity !== holder,
    ({ number }) => number,
  );
  const judged = told.map((one): StageState => {
    const inPass = told.filter(({ pass }) => pass === one.pass);
    const isOvertaken = inPass.some((other) => isAsFar(other, one) && came(other, one) < 0) || isSetAside(one, told);
    if (isOvertaken) return { ...one, entity };
    const handedOff = inPass.flatMap((same) => (same.stage === one.stage ? (same.handed_off_at ?? []) : []));
    return { ...one, entity: holder, handed_off_at: handedOff.length === 0 ? null : Math.min(...handedOff) };
  });
  const isTwice = judged.find((one) =>
    judged.some((other) => other.number < one.number && other.entity === one.entity && isSame(one, other)),
  );
  if (isTwice !== undefined) throw new InvariantBroken(`${holder} would enter ${isTwice.stage} twice at one instant.`);
  for (const one of judged) state.stages.put(one);
}

/** In the funnel, and behind it what stands beside it, as PostgreSQL orders nulls. */
export function placeOf(stage: StageEntry['stage']): number {
  const place = FUNNEL.indexOf(stage);
  return place < 0 ? FUNNEL.length : place;
}

function isBeside({ stage }: StageState): boolean {
  return !FUNNEL.includes(stage);
}

/** The end of a pass in which the other one of the two had come further, and what came after that end. */
function isSetAside(one: StageState, told: readonly StageState[]): boolean {
  const own = told.filter(({ entity }) => entity === one.entity);
  const ends = own.filter((row) => isBeside(row) && isOutdone(row, told)).map(({ pass }) => pass);
  const first = Math.min(...ends);
  return one.pass > first || (one.pass === first && isBeside(one));
}

/** Who was sent back had not come as far as the other one of the two has. */
function isOutdone(one: StageState, told: readonly StageState[]): boolean {
  const inPass = told.filter(({ pass }) => pass === one.pass);
  const furthest = (rows: readonly StageState[]) => Math.max(-1, ...rows.map(({ stage }) => FUNNEL.indexOf(stage)));
  const [own, others] = [true, false].map((mine) => inPass.filter(({ entity }) => (entity === one.entity) === mine));
  return furthest(others!) > furthest(own!);
}

/** Stages beside the funnel are neither before nor after any other. */
function isAsFar(other: StageState, one: StageState): boolean {
  const [rank, least] = [FUNNEL.indexOf(other.stage), FUNNEL.indexOf(one.stage)];
  return rank >= 0 && least >= 0 && rank >= least;
}

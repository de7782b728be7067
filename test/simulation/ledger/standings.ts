import { recordName, type Sighting, SYSTEMS } from '../../../src/domain/people/record.ts';
import type { Value } from '../../../src/domain/values/value.ts';
import { DEAL_FIELDS } from '../../../src/reconcile/deal-fields.ts';
import type { Neighbourhood } from '../../../src/reconcile/match.ts';
import type { Standing } from '../../../src/reconcile/match-choice.ts';
import type { SightingState } from './rows.ts';
import type { State } from './state.ts';

/** Adds what one of several records of a person may be chosen by, where somebody has several on a side. */
export function withStandings(state: State, neighbourhoods: readonly Neighbourhood[]): readonly Neighbourhood[] {
  const isAsking = neighbourhoods.map(hasSeveral);
  const asking = neighbourhoods.filter((_, nth) => isAsking[nth]).flatMap(({ records }) => records);
  if (asking.length === 0) return neighbourhoods;
  const standings = new Map(asking.map(({ record }) => [recordName(record), standingOf(state, recordName(record))]));
  return neighbourhoods.map((neighbourhood, nth) => (isAsking[nth] ? { ...neighbourhood, standings } : neighbourhood));
}

function hasSeveral({ kind, records }: Neighbourhood): boolean {
  const isOn = (system: Sighting['record']['system']) => records.filter((one) => one.record.system === system);
  return kind === 'person' && SYSTEMS.some((system) => isOn(system).length > 1);
}

function standingOf(state: State, name: string): Standing {
  const deals = state.ties
    .by('to', name)
    .flatMap(({ kind, from }) => (kind === 'participant' ? (state.sightings.get(recordName(from)) ?? []) : []));
  const instants = state.activities.by('about', name).flatMap((row) => (row.deleted ? [] : [row.happened_at]));
  return { openDeal: deals.some(isOpen), newestActivity: instants.length === 0 ? null : Math.max(...instants) };
}

function isOpen({ deleted, values }: SightingState): boolean {
  const { hubspot, salesforce } = DEAL_FIELDS;
  const closed = textOf(values[salesforce.isClosed]) ?? textOf(values[hubspot.isClosed]) ?? 'false';
  return !deleted && closed !== 'true';
}

function textOf(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

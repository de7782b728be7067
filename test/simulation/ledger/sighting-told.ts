import { sightingFrom } from '../../../src/ledger/sighting-rows.ts';
import { remembered } from './remembered.ts';
import type { SightingState } from './rows.ts';

/** A row as a sighting: many look at each. */
export const sightingTold = remembered((row: SightingState) => sightingFrom(row));

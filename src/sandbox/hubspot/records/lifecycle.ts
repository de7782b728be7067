import type { PropertyRegistry } from '../properties/property-registry.ts';
import type { PropertyProblem } from '../refusal.ts';
import type { Switches } from '../switches.ts';
import { isoText } from '../time-texts.ts';

export type StageMove = { edit: ReadonlyMap<string, string> } | { problem: PropertyProblem };

/**
 * What an edit of `lifecyclestage` really does: stages only move forward, unless the stage was cleared by an earlier write,
 * and every move is stamped. The order of stages is the order of the property's options, the account's own ones included.
 */
export function moveStage(
  current: ReadonlyMap<string, string>,
  edit: ReadonlyMap<string, string>,
  registry: PropertyRegistry,
  how: { at: number; backward: Switches['lifecycleBackward'] },
): StageMove {
  const wanted = edit.get('lifecyclestage');
  const held = current.get('lifecyclestage') ?? '';
  if (wanted === undefined || wanted === held) return { edit };

  const order = (registry.get('lifecyclestage')?.options ?? []).map((option) => option.value);
  const isBackward = held !== '' && wanted !== '' && order.indexOf(wanted) < order.indexOf(held);
  if (isBackward && how.backward === 'reject') {
    const message = `Lifecycle stage cannot be moved backward from ${held} to ${wanted}. Clear it first.`;
    return { problem: { name: 'lifecyclestage', error: 'INVALID_LIFECYCLE_STAGE', message } };
  }
  const moved = new Map(edit);
  if (isBackward && how.backward === 'ignore') moved.delete('lifecyclestage');
  else stampMove(moved, held, wanted, isoText(how.at), registry);
  return { edit: moved };
}

function stampMove(edit: Map<string, string>, from: string, to: string, at: string, registry: PropertyRegistry): void {
  if (from !== '') edit.set(`hs_v2_date_exited_${from}`, at);
  if (to === '') return;
  edit.set(`hs_v2_date_entered_${to}`, at);
  edit.set('hs_v2_date_entered_current_stage', at);
  const legacy = `hs_lifecyclestage_${to}_date`;
  if (registry.get(legacy) !== undefined) edit.set(legacy, at);
}

import { DEALS } from '../objects.ts';
import type { PropertyProblem } from '../refusal.ts';
import { isoText } from '../time-texts.ts';
import { moveDeal } from './deal-stage.ts';
import type { DraftTools } from './draft.ts';
import { moveStage, type StageMove } from './lifecycle.ts';
import type { StoredRecord } from './record.ts';

/** What the rules of its object make of an edit: defaults, stages that only move forward, stamps. */
export function applyRules(
  tools: DraftTools,
  target: StoredRecord | undefined,
  edit: ReadonlyMap<string, string>,
): StageMove {
  const { portal, space, context } = tools;
  const held = target?.snapshot.values ?? new Map<string, string>();
  const at = tools.at ?? portal.clock.now();
  if (space.kind === DEALS) return moveDeal(portal.pipelines, held, edit, isoText(at));
  return moveStage(held, withDefaultStage(tools, target, edit), space.registry, {
    at,
    backward: context.mayWriteReadOnly ? 'accept' : portal.switches.lifecycleBackward,
  });
}

function withDefaultStage(
  { portal, context, space }: DraftTools,
  target: StoredRecord | undefined,
  edit: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { lifecycleDefault } = portal.switches;
  const isImport = context.source.type === 'IMPORT';
  if (target !== undefined || isImport || lifecycleDefault === null || (edit.get('lifecyclestage') ?? '') !== '')
    return edit;
  if (space.registry.get('lifecyclestage') === undefined) return edit;
  return new Map([...edit, ['lifecyclestage', lifecycleDefault]]);
}

/** What the account's admin requires of a new record; the oldest paths do not ask. */
export function missingRequired(
  { portal, context, space }: DraftTools,
  edit: ReadonlyMap<string, string>,
): PropertyProblem[] {
  if (context.family !== '2026-09') return [];
  return portal.switches.requiredOnCreate
    .filter((name) => space.registry.get(name) !== undefined && (edit.get(name) ?? '') === '')
    .map((name) => ({ name, error: 'MISSING_REQUIRED_PROPERTY', message: `Property "${name}" is required` }));
}

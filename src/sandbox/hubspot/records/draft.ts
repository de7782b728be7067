import type { HubSpotPortal } from '../portal.ts';
import type { PropertyProblem } from '../refusal.ts';
import { type Family, readValue, type Warning } from '../values/read-value.ts';
import { listed } from './derived.ts';
import type { ObjectSpace } from './object-space.ts';
import type { ChangeSource, StoredRecord } from './record.ts';
import { uniqueKey } from './record-store.ts';
import { applyRules, missingRequired } from './rules.ts';

/** How a write comes in. People and HubSpot itself may set what the API may not. */
export type WriteContext = { family: Family; source: ChangeSource; mayWriteReadOnly?: boolean };

/** A value that another record holds already. */
export type Conflict = { property: string; value: string; holderId: string };

/** A write, looked at and not yet done, so that a batch can be refused as a whole. */
export type Draft = {
  /** The record to change; absent for a new one. */
  target: StoredRecord | undefined;
  edit: ReadonlyMap<string, string>;
  sent: readonly string[];
  warnings: readonly Warning[];
  problems: readonly PropertyProblem[];
  /** Properties without which a record of this object cannot come to be. */
  missing: readonly string[];
  conflict: Conflict | undefined;
};

/** Values claimed by earlier inputs of the same batch; the claim names its holder. */
type Claims = Map<string, string>;

export type DraftTools = {
  portal: HubSpotPortal;
  space: ObjectSpace;
  context: WriteContext;
  claims: Claims;
  /** When the write happens; now, unless it is part of the past. */
  at?: number;
};

export type GivenProperties = Readonly<Record<string, unknown>>;

/** Checks a write against the registry, the owners, the lifecycle and everyone else's unique values. */
export function draftWrite(tools: DraftTools, target: StoredRecord | undefined, given: GivenProperties): Draft {
  const { space, context } = tools;
  const problems: PropertyProblem[] = [];
  const warnings: Warning[] = [];
  const edit = new Map<string, string>();

  for (const [name, raw] of Object.entries(given)) {
    const read = readProperty(tools, name, textOf(raw));
    if ('problem' in read) problems.push(read.problem);
    else {
      edit.set(name, appended(space, target, name, read.value));
      if (read.warning !== undefined) warnings.push(read.warning);
    }
  }
  if (target === undefined) problems.push(...missingRequired(tools, edit));
  const needed = target === undefined && context.mayWriteReadOnly !== true ? space.kind.needed : [];
  const missing = needed.filter((name) => (edit.get(name) ?? '') === '');
  const moved = applyRules(tools, target, edit);
  if ('problem' in moved) problems.push(moved.problem);
  const wanted = 'edit' in moved ? moved.edit : edit;
  const conflict = problems.length > 0 ? undefined : findConflict(tools, target, wanted);
  return { target, edit: wanted, sent: Object.keys(given), warnings, problems, missing, conflict };
}

function readProperty(tools: DraftTools, name: string, raw: string): ReturnType<typeof readValue> {
  const { portal, space, context } = tools;
  const definition = space.registry.get(name);
  if (definition === undefined) {
    return { problem: { name, error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` } };
  }
  if (definition.readOnlyValue && context.mayWriteReadOnly !== true) {
    const message = `"${name}" is a read only property; its value cannot be set.`;
    return { problem: { name, error: 'READ_ONLY_VALUE', message } };
  }
  const isOwner = context.mayWriteReadOnly === true ? portal.owners.isKnown(raw) : portal.owners.isAssignable(raw);
  if (name === 'hubspot_owner_id' && raw !== '' && !isOwner) {
    return { problem: { name, error: 'INVALID_OWNER_ID', message: `${raw} is not a valid owner id` } };
  }
  if (name === 'email' && space.store.forgottenEmails.has(raw.toLowerCase())) {
    const message = `${raw} belongs to a contact that was permanently deleted and cannot be added again`;
    return { problem: { name, error: 'EMAIL_BLOCKED', message } };
  }
  const text = name === 'email' && portal.switches.emailsLowercased ? raw.toLowerCase() : raw;
  return readValue(definition, text, context.family);
}

function textOf(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  return raw === null || raw === undefined ? '' : JSON.stringify(raw);
}

/** A leading `;` adds to a multiple choice instead of replacing it. */
function appended(space: ObjectSpace, target: StoredRecord | undefined, name: string, value: string): string {
  if (!value.startsWith(';') || space.registry.get(name)?.fieldType !== 'checkbox') return value;
  return [...new Set([...listed(target?.snapshot.values.get(name)), ...listed(value)])].join(';');
}

function findConflict(
  tools: DraftTools,
  target: StoredRecord | undefined,
  edit: ReadonlyMap<string, string>,
): Conflict | undefined {
  for (const property of tools.space.registry.uniqueNames()) {
    for (const value of claimedValues(property, edit)) {
      const held = tools.space.store.holder(property, value)?.id ?? tools.claims.get(claimKey(property, value));
      if (held !== undefined && held !== target?.id) return { property, value, holderId: held };
    }
  }
  return undefined;
}

/** Reserves what this draft would hold, for the inputs that follow it in the same batch. */
export function claimValues({ space, claims }: DraftTools, draft: Draft, holder: string): void {
  for (const property of space.registry.uniqueNames()) {
    for (const value of claimedValues(property, draft.edit)) claims.set(claimKey(property, value), holder);
  }
}

function claimKey(property: string, value: string): string {
  return `${property} ${uniqueKey(property, value)}`;
}

function claimedValues(property: string, edit: ReadonlyMap<string, string>): string[] {
  const values = [edit.get(property) ?? ''];
  if (property === 'email') values.push(...listed(edit.get('hs_additional_emails')));
  return values.filter((value) => value !== '');
}

import type { Effect, Outcome } from '../../domain/people/change.ts';
import { TasukiError } from '../../errors/errors.ts';
import { CALLS } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { holderOf } from './holder.ts';
import { likelyGuilty } from './isolate.ts';
import { readByIds } from './read.ts';
import { type Batch, type HubSpotRecord, type Lens, modifiedAt, recordsIn } from './records.ts';
import { type Complaint, complaintIn, Refusal } from './refusal.ts';
import { isOnlyAssociations, tieWritten, withoutAssociations } from './tie-effects.ts';
import { Uncertain } from './trouble.ts';
import { toProperty } from './values.ts';

/**
 * Writes one batch and says of each effect what became of it.
 *
 * HubSpot refuses a whole batch for one bad record, so a refused batch is divided until the bad ones stand alone. Once a part
 * has been written nothing is thrown any more: what could not be sent is `deferred`, what may have arrived is `unsure`.
 */
export class BatchWriter {
  readonly #gateway: Gateway;
  readonly #lens: Lens;
  #begun = false;

  constructor(gateway: Gateway, lens: Lens) {
    this.#gateway = gateway;
    this.#lens = lens;
  }

  async write(effects: readonly Effect[]): Promise<Outcome[]> {
    const { first, repeated } = withoutRepeats(effects);
    const bare = first.filter((effect) => isOnlyAssociations(effect));
    const sent = await this.#send(first.filter((effect) => !bare.includes(effect)).map(withoutAssociations));
    const untouched = bare.map((effect) => this.#outcomeOf(effect, effect.id ?? '', false));
    const tied = await tieWritten(this.#gateway, first, [...sent, ...untouched], this.#begun);
    const outcomes = await this.#findVanished(bare, tied);
    const why = 'Another change of the same record went first in this batch';
    return [
      ...outcomes,
      ...repeated.map((effect): Outcome => ({ kind: 'deferred', change: effect.change, message: why })),
    ];
  }

  async #send(effects: readonly Effect[]): Promise<Outcome[]> {
    if (effects.length === 0) return [];
    try {
      const answer = await this.#call(effects);
      this.#begun = true;
      return await this.#reconcile(effects, answer);
    } catch (error) {
      if (error instanceof Uncertain) {
        this.#begun = true;
        return effects.map(({ change }) => ({ kind: 'unsure', change, message: error.message }));
      }
      if (error instanceof Refusal) return this.#afterRefusal(effects, error);
      if (this.#begun && error instanceof TasukiError) {
        return effects.map(({ change }) => ({ kind: 'deferred', change, message: error.message }));
      }
      throw error;
    }
  }

  /** A batch refused: the only one in it is the bad one, or the batch is divided, suspects first apart from the rest. */
  async #afterRefusal(effects: readonly Effect[], { status, complaint }: Refusal): Promise<Outcome[]> {
    if (status === 423) return effects.map(({ change }) => ({ kind: 'deferred', change, message: complaint.message }));
    if (effects.length === 1) return Promise.all(effects.map((effect) => this.#refusedAlone(effect, complaint)));
    const { guilty, certain } = likelyGuilty(effects, complaint);
    const rest = effects.filter((effect) => !guilty.includes(effect));
    if (certain) return [...guilty.map((effect) => this.#refused(effect, complaint)), ...(await this.#send(rest))];
    if (rest.length > 0 && guilty.length > 0) return [...(await this.#send(rest)), ...(await this.#send(guilty))];
    const half = Math.ceil(effects.length / 2);
    return [...(await this.#send(effects.slice(0, half))), ...(await this.#send(effects.slice(half)))];
  }

  #call(effects: readonly Effect[]): Promise<Batch> {
    const { object } = this.#lens;
    const creates = effects[0]?.kind === 'create';
    const keyed = effects.every(({ key }) => key !== null);
    const inputs = effects.map((effect) => ({
      id: effect.id ?? effect.key?.value ?? '',
      objectWriteTraceId: effect.change,
      properties: this.#properties(effect),
    }));
    if (!creates) {
      const updates = inputs.map(({ id, properties }) => ({ id, properties }));
      return this.#gateway.call(CALLS.batchUpdate, ({ batches }) => batches.update(object, { inputs: updates }));
    }
    if (keyed) {
      const upserts = inputs.map((input, index) => ({ ...input, idProperty: effects[index]?.key?.field ?? '' }));
      return this.#gateway.call(CALLS.batchUpsert, ({ batches }) => batches.upsert(object, { inputs: upserts }));
    }
    const bare = inputs.map(({ objectWriteTraceId, properties }) => ({
      objectWriteTraceId,
      properties,
      associations: [],
    }));
    return this.#gateway.call(CALLS.batchCreate, ({ batches }) => batches.create(object, { inputs: bare }));
  }

  #properties(effect: Effect): Record<string, string> {
    const values = effect.key === null ? effect.values : { ...effect.values, [effect.key.field]: effect.key.value };
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, toProperty(value, this.#lens.types.get(name))]),
    );
  }

  /** Joins results and errors to the effects, by id, key or trace id, never by position; what is in neither is looked up. */
  async #reconcile(effects: readonly Effect[], answer: Batch): Promise<Outcome[]> {
    const complaints = (answer.errors ?? []).map((error) => complaintIn(error, 207));
    const results = recordsIn(answer.results);
    const outcomes: Outcome[] = [];
    const lost: Effect[] = [];
    for (const effect of effects) {
      const result = results.find((record) => isAbout(record, effect));
      const complaint = complaints.find(({ ids, traceIds }) => names(ids, effect) || traceIds.includes(effect.change));
      if (result !== undefined) outcomes.push(this.#written(effect, result));
      else if (complaint === undefined || complaint.code === 'OBJECT_NOT_FOUND') lost.push(effect);
      else outcomes.push(this.#refused(effect, complaint));
    }
    return [...outcomes, ...(await this.#lookUp(lost))];
  }

  /** Records that an answer of success passed over. Usually merged away or deleted; if one is there after all, nobody knows. */
  async #lookUp(lost: readonly Effect[]): Promise<Outcome[]> {
    const unsure = (message: string) => lost.map(({ change }): Outcome => ({ kind: 'unsure', change, message }));
    if (lost.length === 0) return [];
    if (lost.some(({ id }) => id === null)) return unsure('HubSpot answered with success and passed this record over');
    try {
      const found = await readByIds(
        this.#gateway,
        lost.map(({ id }) => id ?? ''),
        this.#lens,
      );
      return lost.map(({ change, id }) => {
        const sighting = found.find(({ record }) => record.id === id);
        if (sighting?.deleted !== true)
          return { kind: 'unsure', change, message: 'HubSpot answered with success and passed this record over' };
        const mergedInto = sighting.mergedInto === undefined ? {} : { mergedInto: sighting.mergedInto };
        return { kind: 'vanished', change, ...mergedInto, message: 'The record is no longer there' };
      });
    } catch (error) {
      if (error instanceof TasukiError) return unsure(error.message);
      throw error;
    }
  }

  #written(effect: Effect, record: HubSpotRecord): Outcome {
    // The client renames an upsert's `new`, which is no name for a variable of its language.
    const created = '_new' in record ? Reflect.get(record, '_new') === true : effect.kind === 'create';
    const stampedAt = modifiedAt(record, effect.object);
    return { ...this.#outcomeOf(effect, record.id, created), ...(stampedAt > 0 ? { stampedAt } : {}) };
  }

  #outcomeOf({ change, object }: Effect, id: string, created: boolean): Outcome {
    return { kind: 'written', change, record: { system: 'hubspot', object, id }, created };
  }

  /** Of an effect that was only to be associated, HubSpot's refusal does not tell whether its own record is still there. */
  async #findVanished(bare: readonly Effect[], outcomes: readonly Outcome[]): Promise<Outcome[]> {
    const refused = new Set(outcomes.flatMap(({ kind, change }) => (kind === 'refused' ? [change] : [])));
    const vanished = await this.#lookUp(bare.filter(({ change }) => refused.has(change)));
    return outcomes.map(
      (outcome) => vanished.find(({ kind, change }) => kind === 'vanished' && change === outcome.change) ?? outcome,
    );
  }

  async #refusedAlone(effect: Effect, complaint: Complaint): Promise<Outcome> {
    const holder = await holderOf(this.#gateway, this.#lens, effect, complaint);
    return this.#refused(effect, holder === undefined ? complaint : { ...complaint, holder });
  }

  #refused(effect: Effect, complaint: Complaint): Outcome {
    const { code, message, fields, holder } = complaint;
    const held =
      holder === undefined ? {} : { holder: { system: 'hubspot', object: effect.object, id: holder } as const };
    return { kind: 'refused', change: effect.change, code, message, fields, ...held };
  }
}

/** HubSpot refuses a batch that names a record twice; the second change of it waits for the next batch. */
function withoutRepeats(effects: readonly Effect[]): { first: Effect[]; repeated: Effect[] } {
  const seen = new Set<string>();
  const first: Effect[] = [];
  const repeated: Effect[] = [];
  for (const effect of effects) {
    const target = effect.id ?? effect.key?.value ?? effect.change;
    (seen.has(target) ? repeated : first).push(effect);
    seen.add(target);
  }
  return { first, repeated };
}

function isAbout(record: HubSpotRecord & { readonly objectWriteTraceId?: string }, effect: Effect): boolean {
  if (effect.id !== null) return record.id === effect.id;
  if (record.objectWriteTraceId !== undefined) return record.objectWriteTraceId === effect.change;
  return effect.key !== null && record.properties[effect.key.field] === effect.key.value;
}

function names(ids: readonly string[], effect: Effect): boolean {
  return ids.some((id) => id === effect.id || id === effect.key?.value);
}

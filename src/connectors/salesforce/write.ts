import type { Effect, Outcome } from '../../domain/people/change.ts';
import { InvariantBroken } from '../../errors/errors.ts';
import { settleDuplicates } from './duplicates.ts';
import type { Gateway } from './gateway.ts';
import { to18 } from './ids.ts';
import { settleReplays } from './replays.ts';
import type { Schemas } from './schemas.ts';
import { type Request, type Slip, sendAll, unsure } from './send-batch.ts';
import { settleVanished } from './vanished.ts';

export const BATCH_SIZE = 200;

/** Writes one batch and says of each effect what became of it. */
export async function writeEffects(
  gateway: Gateway,
  schemas: Schemas,
  effects: readonly Effect[],
): Promise<readonly Outcome[]> {
  if (effects.length > BATCH_SIZE)
    throw new InvariantBroken(`A batch holds ${BATCH_SIZE} effects, not ${effects.length}.`);
  const [first] = effects;
  if (first === undefined) return [];
  const request: Request = { object: first.object, kind: first.kind, keyField: first.key?.field ?? null };
  const misfit = effects.some(
    ({ object, kind, key }) =>
      object !== request.object ||
      kind !== request.kind ||
      (kind === 'create' && (key?.field ?? null) !== request.keyField),
  );
  if (misfit) throw new InvariantBroken('A batch has one object, one kind, and one key field for its creates.');
  const slips = collapse(request, effects);
  const sent = await settleReplays(gateway, schemas, request, slips, await sendAll(gateway, request, slips));
  const named = await settleDuplicates(gateway, request, slips, sent);
  const verdicts = await settleVanished(gateway, request.object, slips, named);
  const byChange = new Map(slips.flatMap(({ changes }, i) => changes.map((change) => [change, verdicts[i]] as const)));
  return effects.map(({ change }) => ({ ...(byChange.get(change) ?? unsure('no answer for this record')), change }));
}

/** Two effects on one record are one entry: Salesforce refuses both when a key or an id stands twice in a call. */
function collapse({ kind }: Request, effects: readonly Effect[]): readonly Slip[] {
  const slips = new Map<string, Slip>();
  for (const { change, id, key, values } of effects) {
    if (kind === 'update' && id === null) throw new InvariantBroken(`The update ${change} names no record.`);
    const same = (kind === 'update' ? id && to18(id) : key?.value) ?? `alone:${change}`;
    const earlier = slips.get(same);
    slips.set(same, {
      id: kind === 'update' && id !== null ? to18(id) : null,
      key: kind === 'create' ? (key?.value ?? null) : null,
      values: { ...earlier?.values, ...values },
      changes: [...(earlier?.changes ?? []), change],
    });
  }
  return [...slips.values()];
}

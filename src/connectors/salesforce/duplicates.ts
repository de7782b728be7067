import { BadAnswer } from '../http/failure.ts';
import { AnswerLost, CallRefused } from './failures.ts';
import type { Gateway } from './gateway.ts';
import { type Request, type Slip, unsure, WRITE_HEADERS } from './send-batch.ts';
import { outcomeOf, type RowResult, type Verdict } from './verdict.ts';

/** How many records of a batch are asked about; the rest are refused without a name, and asked about when they are next tried. */
const ASKED_AT_ONCE = 20;

/**
 * Asks who it is that a duplicate rule took a new record for.
 *
 * A collection call says only that there is somebody; a record that is sent by itself gets the names. It carries the same unique key, so
 * one that is let in after all (the other one was deleted meanwhile) is made once.
 */
export async function settleDuplicates(
  gateway: Gateway,
  request: Request,
  slips: readonly Slip[],
  verdicts: readonly Verdict[],
): Promise<readonly Verdict[]> {
  if (request.kind !== 'create' || request.keyField === null) return verdicts;
  const nameless = slips.filter((_, i) => isNameless(verdicts[i])).slice(0, ASKED_AT_ONCE);
  const told = new Map<Slip, Verdict>();
  for (const slip of nameless) {
    const verdict = await sendAlone(gateway, request, slip);
    if (verdict !== null) told.set(slip, verdict);
  }
  return verdicts.map((verdict, i) => told.get(slips[i] as Slip) ?? verdict);
}

function isNameless(verdict: Verdict | undefined): boolean {
  return verdict?.kind === 'refused' && verdict.code === 'DUPLICATES_DETECTED' && verdict.holder === undefined;
}

/** `null`: nothing more was learnt, and nothing written. */
async function sendAlone(gateway: Gateway, { object, keyField }: Request, slip: Slip): Promise<Verdict | null> {
  const outcome = (result: RowResult) => outcomeOf({ object, kind: 'create', id: null }, result);
  try {
    const made = await gateway.write('collections-create', (rest) =>
      rest.request<RowResult>({
        method: 'POST',
        url: `/sobjects/${object}`,
        body: JSON.stringify({ ...slip.values, [keyField ?? '']: slip.key }),
        headers: { ...WRITE_HEADERS },
      }),
    );
    return outcome(made);
  } catch (failure) {
    if (failure instanceof AnswerLost) return unsure(failure.message);
    // The batch has been answered, so nothing may be thrown: whatever else went wrong, this record was refused and stays so.
    if (!(failure instanceof CallRefused) || !(failure.cause instanceof BadAnswer)) return null;
    const body = failure.cause.json();
    return Array.isArray(body) ? outcome({ success: false, errors: body }) : null;
  }
}

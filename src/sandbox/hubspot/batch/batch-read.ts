import type { HubSpotPortal } from '../portal.ts';
import { findForRead } from '../records/find-record.ts';
import type { ObjectSpace } from '../records/object-space.ts';
import { presentWithHistory } from '../records/present.ts';
import type { StoredRecord } from '../records/record.ts';
import { invalid } from '../refusal.ts';
import { type BatchAnswer, batchAnswer, notFoundErrors } from './batch-answer.ts';
import { BATCH_LIMITS, type BatchInput, readInputs, readNames, textOf } from './batch-request.ts';

/** Reads many records by id or unique value; each is shown once, however often it was asked for. */
export function batchRead(portal: HubSpotPortal, space: ObjectSpace, body: unknown, archived: boolean): BatchAnswer {
  const inputs = readInputs(body);
  const history = readNames(body, 'propertiesWithHistory');
  if (history !== undefined && history.length > 0 && inputs.length > BATCH_LIMITS.inputsWithHistory) {
    const most = BATCH_LIMITS.inputsWithHistory;
    throw invalid(`The maximum number of inputs supported in a batch request for property histories is ${most}`);
  }
  const idProperty = textOf((body as Record<string, unknown>)['idProperty']);
  const found = new Set<StoredRecord>();
  const missing: BatchInput[] = [];
  for (const input of inputs) {
    const record = findForRead(portal, space, { id: input.id, idProperty, archived });
    if (record === undefined) missing.push(input);
    else found.add(record);
  }
  const properties = readNames(body, 'properties');
  const results = [...found].map((record) =>
    presentWithHistory(space, record, { properties, history, portalId: portal.portalId }),
  );
  return batchAnswer(200, results, notFoundErrors(space, missing), portal.clock.now());
}

import { lastDay } from '../../domain/budget/standing.ts';
import type { Crm } from '../../ports/crm.ts';
import { realPace } from '../http/pace.ts';
import { describeObject } from './describe.ts';
import { readDirectory } from './directory.ts';
import { ensureFields } from './ensure-fields.ts';
import { ensureViews } from './ensure-views.ts';
import { Gateway } from './gateway.ts';
import { httpLine } from './http-line.ts';
import { readIdentity } from './identity.ts';
import type { LineOver } from './line.ts';
import { OVERLAP_MS, PAGE_SIZE, type SalesforceOptions } from './options.ts';
import { pullChanges } from './pull.ts';
import { findByKey, readRecords } from './read.ts';
import { Schemas } from './schemas.ts';
import { surveyRecords } from './survey.ts';
import { BATCH_SIZE, writeEffects } from './write.ts';

/** Fields that an organisation has only with a feature switched on (person accounts, currencies, bounces, agents): without, nothing is amiss. */
const OF_FEATURES: ReadonlySet<string> = new Set(['IsPersonAccount', 'CurrencyIsoCode', 'IsBounced', 'AutomationType']);

/**
 * Salesforce as Tasuki needs it. Nothing is sent before the first call; the login happens with it.
 *
 *     const salesforce = openSalesforce({ loginUrl, auth: { kind: 'client-credentials', clientId, clientSecret }, log });
 *     await salesforce.identity();   // => { system: 'salesforce', account: '00D…', user: '005…', name: 'Tasuki' }
 */
export function openSalesforce(options: SalesforceOptions): Crm {
  return salesforceOver(httpLine(options), options);
}

/** The same over a line that is not HTTP. */
export function salesforceOver(
  lineOver: LineOver,
  options: Omit<SalesforceOptions, 'loginUrl' | 'auth' | 'apiVersion' | 'timeouts'>,
): Crm {
  const gateway = new Gateway(options, lineOver);
  const report =
    options.onInvisibleField ??
    ((object, field) => options.log.warn({ system: 'salesforce', object, field }, 'field cannot be seen'));
  const schemas = new Schemas(gateway, options.pace ?? realPace, (object, field) => {
    if (!OF_FEATURES.has(field)) report(object, field);
  });
  const overlapMs = options.overlapMs ?? OVERLAP_MS;
  const pageSize = options.pageSize ?? PAGE_SIZE;
  return {
    system: 'salesforce',
    batchSize: BATCH_SIZE,
    identity: () => readIdentity(gateway),
    describe: (object) => describeObject(gateway, schemas, object),
    directory: () => readDirectory(gateway),
    changesSince: (streams, now) =>
      pullChanges(gateway, schemas, { streams, now, overlapMs, pageSize, log: options.log }),
    survey: (object, now) => surveyRecords(gateway, schemas, { object, now, pageSize }),
    // What people do leaves records here, and histories are objects with streams of their own.
    signals: [],
    signalsSince: async function* () {},
    history: async () => [],
    read: (object, ids, fields, now) => readRecords(gateway, schemas, ids, { object, fields, now }),
    findByKey: (object, keyField, keys, fields, now) =>
      findByKey(gateway, schemas, keyField, keys, { object, fields, now }),
    write: (effects) => writeEffects(gateway, schemas, effects),
    ensureFields: (object, fields) => ensureFields(gateway, schemas, object, fields),
    ensureViews: (views) => ensureViews(gateway, views),
    aheadMs: () => gateway.clock.aheadMs(),
    calls: () => gateway.meter.counts(),
    under: (purpose, work) => gateway.meter.under(purpose, work),
    takeBill: () => gateway.meter.bill(),
    callDay: lastDay,
    // The runtime's fetch keeps its own sockets and lets go of idle ones after seconds: there is nothing of ours to close.
    close: async () => {},
  };
}

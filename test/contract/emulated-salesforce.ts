import { openSalesforce } from '../../src/connectors/salesforce/open-salesforce.ts';
import type { SalesforceAuth, SalesforceOptions } from '../../src/connectors/salesforce/options.ts';
import type { Crm, NewField } from '../../src/ports/crm.ts';
import { createKernel } from '../../src/sandbox/kernel/kernel.ts';
import { SalesforceOrg } from '../../src/sandbox/salesforce/org.ts';
import { salesforceServer } from '../../src/sandbox/salesforce/server.ts';
import { QuickPace } from '../wire/http/quick-pace.ts';

const START = Date.parse('2026-11-21T00:00:00Z');
const LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
export const AUTH: SalesforceAuth = {
  kind: 'client-credentials',
  clientId: 'tasuki-sandbox',
  clientSecret: 'sandbox-secret',
};
export const KEY: NewField = {
  name: 'Tasuki_Key__c',
  label: 'Tasuki キー',
  description: 'Tasuki が管理します',
  type: 'text',
  maxLength: 64,
  key: true,
};

/** An emulated org behind HTTP, and connectors to it; small pages, so that reading on is the rule. */
export async function emulator(options: Partial<ConstructorParameters<typeof SalesforceOrg>[1]> = {}) {
  const kernel = createKernel({ seed: 7, start: START, frozen: true });
  const org = new SalesforceOrg(kernel, options);
  const server = salesforceServer(org, kernel);
  const loginUrl = await server.listen({ host: '127.0.0.1', port: 0 });
  const open = (more: Partial<SalesforceOptions> = {}): Crm =>
    openSalesforce({
      loginUrl,
      auth: AUTH,
      log: LOG,
      pace: new QuickPace(),
      pageSize: 10,
      timeouts: { headersMs: 5_000, totalMs: 5_000 },
      now: () => kernel.clock.now(),
      ...more,
    });
  return { kernel, org, open, close: () => server.close() };
}

import type { CallKind } from './gateway.ts';

/** Every kind of call we make, with the success status that HubSpot documents for it. */
export const CALLS = {
  account: { name: 'account', effect: 'read', success: [200] },
  list: { name: 'list', effect: 'read', success: [200], list: 'results' },
  search: { name: 'search', effect: 'read', success: [200], list: 'results', search: true },
  get: { name: 'get', effect: 'read', success: [200] },
  batchRead: { name: 'batch-read', effect: 'read', success: [200, 207], list: 'results' },
  batchUpdate: { name: 'batch-update', effect: 'write', success: [200, 207], list: 'results' },
  batchUpsert: { name: 'batch-upsert', effect: 'write', success: [200, 207], list: 'results' },
  batchCreate: { name: 'batch-create', effect: 'write', success: [201, 207], list: 'results' },
  owners: { name: 'owners', effect: 'read', success: [200], list: 'results' },
  properties: { name: 'properties', effect: 'read', success: [200], list: 'results' },
  createGroup: { name: 'create-group', effect: 'write', success: [201] },
  createProperty: { name: 'create-property', effect: 'write', success: [201] },
  updateProperty: { name: 'update-property', effect: 'write', success: [200] },
} as const satisfies Record<string, CallKind>;

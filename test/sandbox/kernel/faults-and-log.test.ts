import { describe, expect, test } from 'vitest';
import { type FaultRule, Faults } from '../../../src/sandbox/kernel/faults.ts';
import { type LoggedRequest, RequestLog } from '../../../src/sandbox/kernel/request-log.ts';

const stall: FaultRule = { system: 'hubspot', fault: { kind: 'stall' } };

const request = (path: string, method = 'GET'): LoggedRequest => ({
  at: 0,
  system: 'salesforce',
  method,
  path,
  query: {},
  status: 200,
  ms: 1,
});

describe('ordered trouble', () => {
  test('a rule strikes once unless it says how often', () => {
    const faults = new Faults();
    faults.add(stall);
    expect(faults.next('hubspot', 'GET', '/a')).toEqual({ kind: 'stall' });
    expect(faults.next('hubspot', 'GET', '/a')).toBeUndefined();
    faults.add({ ...stall, times: 2 });
    expect([1, 2, 3].map(() => faults.next('hubspot', 'GET', '/a')?.kind)).toEqual(['stall', 'stall', undefined]);
    faults.add({ ...stall, times: Number.POSITIVE_INFINITY });
    expect(Array.from({ length: 50 }, () => faults.next('hubspot', 'GET', '/a')?.kind)).not.toContain(undefined);
  });

  test('a rule lets the requests pass that it was told to spare', () => {
    const faults = new Faults();
    faults.add({ ...stall, after: 2 });
    expect([1, 2, 3, 4].map(() => faults.next('hubspot', 'GET', '/a')?.kind)).toEqual([
      undefined,
      undefined,
      'stall',
      undefined,
    ]);
  });

  test('system, method and path choose the request', () => {
    const faults = new Faults();
    faults.add({ ...stall, method: 'post', path: '/contacts' });
    expect(faults.next('salesforce', 'POST', '/crm/contacts/1')).toBeUndefined();
    expect(faults.next('hubspot', 'GET', '/crm/contacts/1')).toBeUndefined();
    expect(faults.next('hubspot', 'POST', '/crm/companies')).toBeUndefined();
    expect(faults.next('hubspot', 'POST', '/crm/contacts/1')).toEqual({ kind: 'stall' });
  });

  test('a path between slashes that holds a pattern is a regular expression, any other is a part of the path', () => {
    const faults = new Faults();
    faults.add({ ...stall, path: '/contacts\\/\\d+$/' });
    expect(faults.next('hubspot', 'GET', '/crm/contacts/batch')).toBeUndefined();
    expect(faults.next('hubspot', 'GET', '/crm/contacts/17')).toEqual({ kind: 'stall' });
    faults.add({ ...stall, path: '/crm/' });
    expect(faults.next('hubspot', 'GET', 'crm')).toBeUndefined();
    expect(faults.next('hubspot', 'GET', '/crm/contacts')).toEqual({ kind: 'stall' });
  });

  test('cleared trouble never strikes', () => {
    const faults = new Faults();
    faults.add(stall);
    expect(faults.pending()).toHaveLength(1);
    faults.clear();
    expect(faults.next('hubspot', 'GET', '/a')).toBeUndefined();
  });
});

describe('the request log', () => {
  test('counts put the ids of records aside', () => {
    const log = new RequestLog();
    log.note(request('/sobjects/Lead/00Q5g00000AbCdEFGH'));
    log.note(request('/sobjects/Lead/00Q5g00000AbCdE'));
    log.note(request('/crm/objects/contacts/551'));
    log.note(request('/crm/objects/marketingevents'));
    expect(log.counts()).toEqual({
      'salesforce GET /crm/objects/contacts/:id': 1,
      'salesforce GET /crm/objects/marketingevents': 1,
      'salesforce GET /sobjects/Lead/:id': 2,
    });
  });

  test('requests are found by system, method and a part of the path', () => {
    const log = new RequestLog();
    log.note(request('/query'));
    log.note(request('/sobjects/Lead', 'POST'));
    expect(log.list({ method: 'post' }).map(({ path }) => path)).toEqual(['/sobjects/Lead']);
    expect(log.list({ path: 'quer' })).toHaveLength(1);
    expect(log.list({ system: 'hubspot' })).toEqual([]);
    log.clear();
    expect([log.list(), log.counts()]).toEqual([[], {}]);
  });

  test('a long day drops the oldest requests but counts them all', () => {
    const log = new RequestLog(2);
    for (const path of ['/a', '/b', '/c', '/d', '/e']) log.note(request(path));
    expect(log.list().map(({ path }) => path)).toEqual(['/d', '/e']);
    expect(Object.keys(log.counts())).toHaveLength(5);
  });
});

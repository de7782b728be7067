import { describe, expect, it } from 'vitest';
import { CredentialsRejected, RateLimited, RemoteUnavailable } from '../../../src/errors/errors.ts';
import { LANES, laneName, lanesOf } from '../../../src/queue/lanes.ts';
import { reactionTo } from '../../../src/queue/reactions.ts';

describe('what the queue does with trouble', () => {
  it.each([
    [new RateLimited('hubspot', 700, ''), { kind: 'wait', system: 'hubspot', ms: 700 }],
    [new RemoteUnavailable('hubspot', ''), { kind: 'retry' }],
    [new CredentialsRejected('salesforce', ''), { kind: 'pause', system: 'salesforce' }],
    [new TypeError('ours'), { kind: 'give-up' }],
    ['not even an error', { kind: 'give-up' }],
  ])('%s', (trouble, reaction) => {
    expect(reactionTo(trouble)).toEqual(reaction);
  });

  it('every lane has a name of its own, in ASCII', () => {
    const names = LANES.map(laneName);
    expect(names).toEqual([
      'pull-hubspot',
      'pull-salesforce',
      'plan',
      'write-hubspot',
      'write-salesforce',
      'confirm-hubspot',
      'confirm-salesforce',
      'sweep',
    ]);
  });

  it('a CRM’s trouble concerns its own lanes', () => {
    expect(lanesOf('hubspot').map(laneName)).toEqual(['pull-hubspot', 'write-hubspot', 'confirm-hubspot']);
  });
});

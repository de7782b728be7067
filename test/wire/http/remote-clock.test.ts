import { describe, expect, test } from 'vitest';
import { RemoteClock } from '../../../src/connectors/http/remote-clock.ts';

const NINE = Date.parse('2026-11-24T09:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Our two hands, which a test moves, and the clock of the other side as we know it. */
function hands() {
  const at = { now: NINE, steady: 0 };
  const remote = new RemoteClock({ now: () => at.now, steady: () => at.steady });
  return {
    remote,
    passes(ms: number) {
      at.now += ms;
      at.steady += ms;
    },
    isSet(ms: number) {
      at.now += ms;
    },
    answer: (time: number, type = 'application/json;charset=UTF-8') =>
      remote.note({ date: new Date(time).toUTCString(), 'content-type': type }),
  };
}

describe('the clock of the other side', () => {
  test('is unknown until an answer has told it, and an answer without a time tells nothing', () => {
    const { remote } = hands();
    expect(remote.aheadMs()).toBeNull();
    remote.note({ 'content-type': 'application/json' });
    remote.note({ date: 'soon', 'content-type': 'application/json' });
    expect(remote.aheadMs()).toBeNull();
  });

  test.each([5 * MINUTE, 0, -5 * MINUTE])('is %i ms ahead of ours where its answers say so', (ahead) => {
    const { remote, answer } = hands();
    answer(NINE + ahead);
    expect(remote.aheadMs()).toBe(ahead);
  });

  test('is told best by the quickest answer: a slow one sets nothing back', () => {
    const { remote, answer, passes } = hands();
    answer(NINE);
    passes(20 * SECOND);
    answer(NINE);
    expect(remote.aheadMs()).toBeGreaterThan(-SECOND);
    expect(remote.aheadMs()).toBeLessThanOrEqual(0);
  });

  test('never seems to go back while answers come at all speeds', () => {
    const { remote, answer, passes } = hands();
    let before = Number.NEGATIVE_INFINITY;
    for (let step = 0; step < 50; step++) {
      passes(400);
      const now = NINE + (step + 1) * 400;
      answer(now - (step % 7) * 300);
      const theirs = now + remote.aheadMs()!;
      expect(theirs).toBeGreaterThanOrEqual(before);
      expect(theirs).toBeLessThanOrEqual(now);
      before = theirs;
    }
  });

  test('is followed where it was set back by minutes', () => {
    const { remote, answer, passes } = hands();
    answer(NINE);
    passes(MINUTE);
    answer(NINE - 4 * MINUTE);
    expect(remote.aheadMs()).toBe(-5 * MINUTE);
  });

  test('is not told by a page of whoever stands between: that one goes by a clock of its own', () => {
    const { remote, answer } = hands();
    answer(NINE + 20 * MINUTE, 'text/html');
    expect(remote.aheadMs()).toBeNull();
    answer(NINE);
    answer(NINE - 20 * MINUTE, 'text/html');
    expect(remote.aheadMs()).toBe(0);
  });

  test('has leapt ahead only if a second answer says so too: one alone may be somebody else’s', () => {
    const { remote, answer } = hands();
    answer(NINE);
    answer(NINE + 20 * MINUTE);
    expect(remote.aheadMs()).toBe(0);
    answer(NINE);
    answer(NINE + 20 * MINUTE);
    expect(remote.aheadMs()).toBe(0);
    answer(NINE + 20 * MINUTE);
    expect(remote.aheadMs()).toBe(20 * MINUTE);
  });

  test.each([
    ['set forward', 5 * MINUTE],
    ['set back', -5 * MINUTE],
  ])('is unknown again once our own was %s, until the next answer', (_, ms) => {
    const { remote, answer, isSet } = hands();
    answer(NINE);
    isSet(ms);
    expect(remote.aheadMs()).toBeNull();
    answer(NINE);
    expect(remote.aheadMs()).toBe(-ms);
  });
});

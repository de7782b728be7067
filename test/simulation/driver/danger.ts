/** Told before and after every call of a port; it may let people do something, run a replica, or never return: then the process was killed. */
export type Danger = (call: string, when: 'before' | 'after') => Promise<void>;

/** Methods that call nobody, or hand out an iterable; all others are calls that can meet danger. */
const AT_ONCE: ReadonlySet<string> = new Set(['calls', 'under', 'takeBill', 'callDay', 'aheadMs']);
const ITERABLE: ReadonlySet<string> = new Set(['changesSince', 'survey', 'signalsSince']);

type Given = readonly unknown[];

/** The same port, with danger around every call and between any two pages. */
export function endangered<Port extends object>(name: string, port: Port, danger: Danger): Port {
  const around = ([key, found]: readonly [string, unknown]): readonly [string, unknown] => {
    if (typeof found !== 'function' || AT_ONCE.has(key)) return [key, found];
    const call = `${name}.${key}`;
    const method = found as (...given: Given) => unknown;
    if (name !== 'ledger' && ITERABLE.has(key))
      return [key, (...given: Given) => pages(call, method(...given) as AsyncIterable<unknown>, danger)];
    return [key, (...given: Given) => inDanger(call, () => method(...given), danger)];
  };
  return Object.fromEntries(Object.entries(port).map(around)) as Port;
}

async function inDanger(call: string, work: () => unknown, danger: Danger): Promise<unknown> {
  await danger(call, 'before');
  const answer = await work();
  await danger(call, 'after');
  return answer;
}

async function* pages(call: string, all: AsyncIterable<unknown>, danger: Danger): AsyncIterable<unknown> {
  await danger(call, 'before');
  for await (const page of all) {
    await danger(call, 'after');
    yield page;
    await danger(call, 'before');
  }
  await danger(call, 'after');
}

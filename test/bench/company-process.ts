import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answers, Asked, CompanyOptions } from './company.ts';

export type Urls = { readonly hubspot: string; readonly salesforce: string; readonly control: string };

/** Both systems in a process of their own, and the way to ask it something. */
export type CompanyProcess = {
  readonly urls: Urls;
  ask<Question extends Asked>(question: Question): Promise<Answers[Question['ask']]>;
  stop(): Promise<void>;
};

const BENCH = fileURLToPath(new URL('bench.ts', import.meta.url));

type Reply = { readonly id: number; readonly value?: unknown; readonly error?: string };

/** Starts it; it ends with us, however we end. */
export async function startCompany({ people, limits }: CompanyOptions): Promise<CompanyProcess> {
  const args = ['--as', 'company', '--people', String(people), ...(limits ? ['--limits'] : [])];
  const child = fork(BENCH, args, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const expect = (id: number): Promise<unknown> => {
    const reply = Promise.withResolvers<unknown>();
    waiting.set(id, reply);
    return reply.promise;
  };
  child.on('message', ({ id, value, error }: Reply) => {
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The company's process ended (${code}).`));
  });
  const urls = (await expect(0)) as Urls;
  let asked = 0;
  return {
    urls,
    ask: async <Question extends Asked>(question: Question) => {
      asked += 1;
      const reply = expect(asked);
      child.send({ id: asked, ...question });
      return (await reply) as Answers[Question['ask']];
    },
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

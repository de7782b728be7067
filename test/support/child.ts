import type { ChildProcess } from 'node:child_process';

/** Resolves when a child has printed something that matches; rejects with its last words when it ends before. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let words = '';
  const hear = (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000);
    if (pattern.test(words)) resolve(words);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`it ended with ${code} and said: ${words}`)));
  return promise;
}

/** Resolves when a child is gone, also when it was before. */
export async function onceGone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  await promise;
}

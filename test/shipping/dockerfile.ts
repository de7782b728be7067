/** One line of a Dockerfile, continuation lines joined: `COPY`, `--from=packages /app ./`. */
export type Instruction = { readonly word: string; readonly rest: string };

/** A target: what it starts from, another target or an image, and its own lines. */
export type Target = { readonly name: string; readonly from: string; readonly lines: readonly Instruction[] };

/** The targets of a Dockerfile, in order. Whatever this reader does not know, it refuses: a guess would test another image. */
export function readDockerfile(text: string): readonly Target[] {
  const targets: { name: string; from: string; lines: Instruction[] }[] = [];
  for (const { word, rest } of instructions(text)) {
    if (word !== 'FROM') {
      const target = targets.at(-1);
      if (target === undefined) throw new Error(`${word} stands before the first FROM.`);
      target.lines.push({ word, rest });
      continue;
    }
    const named = /^(\S+) AS (\S+)$/u.exec(rest);
    if (named === null) throw new Error(`FROM ${rest} names no target.`);
    targets.push({ from: named[1]!, name: named[2]!, lines: [] });
  }
  return targets;
}

const KNOWN = new Set('FROM WORKDIR COPY RUN ENV LABEL USER VOLUME STOPSIGNAL HEALTHCHECK ENTRYPOINT CMD'.split(' '));

function instructions(text: string): readonly Instruction[] {
  return text
    .replace(/^\s*#.*\n/gmu, '')
    .replace(/\\\n/gu, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^([A-Z]+)\s+(.+)$/u.exec(line.trim()) ?? [];
      if (!KNOWN.has(word)) throw new Error(`This reader does not know the line: ${line}`);
      return { word, rest: rest.replace(/\s+/gu, ' ') };
    });
}

/** A target's lines with those of all it starts from, the oldest first. */
export function wholeOf(targets: readonly Target[], name: string): readonly Instruction[] {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) return []; // an image from elsewhere
  return [...wholeOf(targets, target.from), ...target.lines];
}

/** What is in force in the end: the last line of a kind. */
export function lastOf(lines: readonly Instruction[], word: string): string | undefined {
  return lines.findLast((line) => line.word === word)?.rest;
}

/** `["node", "x.ts"]`, the form without a shell; anything else is refused. */
export function wordsOf(rest: string | undefined): readonly string[] {
  const words: unknown = JSON.parse(rest?.slice(rest.indexOf('[')) ?? 'null');
  if (!Array.isArray(words)) throw new Error(`${rest} is not in the form of a list.`);
  return words.map(String);
}

/** `NODE_ENV=production TASUKI_FOLDER=/data` of every ENV line. */
export function environmentOf(lines: readonly Instruction[]): Readonly<Record<string, string>> {
  const pairs = lines.filter(({ word }) => word === 'ENV').flatMap(({ rest }) => rest.split(' '));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

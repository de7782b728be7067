import { isMap, isScalar, LineCounter, type Node, parseDocument, type YAMLError } from 'yaml';
import type { ConfigFault } from '../../errors/errors.ts';

export type Path = readonly PropertyKey[];

/** A file an admin wrote, as data, with the way back to the line where each part stands. */
export type YamlFile = {
  /** As it is named in messages: `mappings/contact.yaml`. */
  readonly name: string;
  readonly content: unknown;
  /** `mappings/contact.yaml:14:9`: where the value at this path stands, or the nearest part around it that exists. */
  placeOf(path: Path): string;
  /** Where the key itself stands, for a key that should not be there. */
  placeOfKey(path: Path): string;
};

/**
 * Reads YAML 1.2 strictly: a key that stands twice, a tab as indentation, a bracket left open are faults with their place, never
 * guesses. All of a file's slips are told at once.
 */
export function readYaml(name: string, text: string): YamlFile | { readonly faults: readonly ConfigFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const slips = [...document.errors, ...document.warnings];
  if (slips.length > 0) {
    const lineAt = (offset: number) => Math.max(lines.linePos(offset).line, 1);
    const written = text.split('\n');
    return {
      faults: withoutEchoes(slips, lineAt).map((slip) => ({
        at: place(slip.pos[0]),
        message: slipText(slip, written[lineAt(slip.pos[0]) - 1] ?? ''),
      })),
    };
  }
  if (document.contents === null)
    return { faults: [{ at: `${name}:1:1`, message: 'The file is empty. Its README shows an example.' }] };

  const nodeAt = (path: Path) => document.getIn(path, true) as Node | undefined;
  const placeOf = (path: Path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = nodeAt(path.slice(0, length));
      if (node?.range) return place(node.range[0]);
    }
    return place(document.contents?.range?.[0] ?? 0);
  };
  return {
    name,
    content: document.toJS() as unknown,
    placeOf,
    placeOfKey(path) {
      const around = path.length === 1 ? document.contents : nodeAt(path.slice(0, -1));
      const key = isMap(around)
        ? around.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1))?.key
        : null;
      return isScalar(key) && key.range ? place(key.range[0]) : placeOf(path);
    },
  };
}

const SLIPS: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  DUPLICATE_KEY: 'This key stands twice in the same block. Keep one of the two.',
  TAB_AS_INDENT: 'A tab stands where YAML wants spaces. Indent with two spaces.',
  BAD_INDENT: 'The indentation does not fit the lines around it. Keys of one block begin in the same column.',
  MULTILINE_IMPLICIT_KEY:
    'The indentation of this line or the next does not fit the lines around it, or a colon and a space are missing here.',
  MULTIPLE_DOCS: 'A line with "---" begins a second document. Keep everything in one.',
};

type Slip = Pick<YAMLError, 'code' | 'message' | 'pos'>;

/** How far a slip confuses the reading of the lines after it. */
const ECHO_LINES = 2;

/** One slip makes the parser complain several times; what it says of the same or the next lines is an echo of the first. */
function withoutEchoes(slips: readonly Slip[], lineAt: (offset: number) => number): readonly Slip[] {
  const told: Slip[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const slip of slips.toSorted((one, other) => one.pos[0] - other.pos[0])) {
    const line = lineAt(slip.pos[0]);
    if (slip.code !== 'DUPLICATE_KEY' && line - last <= ECHO_LINES) continue;
    told.push(slip);
    if (slip.code !== 'DUPLICATE_KEY') last = line;
  }
  return told;
}

/** What a Japanese keyboard and a hurried hand write where YAML wants `key: value`. */
const TYPING: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*(?:- +)?[^\s:#"']+：/u,
    'A full-width colon (：) stands here. Write a half-width colon and a space after the key: "key: value".',
  ],
  [
    /^[^#"']*\u3000/u,
    'A full-width space stands here. Write half-width spaces, and a half-width colon and a space after the key.',
  ],
  [
    /^\s*(?:- +)?[\w-]+:[^\s:/]/u,
    'There is no space after the colon. Write a half-width colon and a space: "key: value".',
  ],
];

function slipText({ code, message }: Slip, line: string): string {
  if (/flow (map|sequence|collection)/iu.test(message))
    return 'A bracket or brace before this line is left open. Close it, or indent what belongs inside.';
  const typed = TYPING.find(([pattern]) => pattern.test(line));
  if (typed !== undefined && code !== 'DUPLICATE_KEY' && code !== 'TAB_AS_INDENT') return typed[1];
  const isNested = code === 'BLOCK_AS_IMPLICIT_KEY' && !/:\s.*:(?:\s|$)/u.test(line);
  const own = SLIPS[isNested ? 'BAD_INDENT' : code];
  if (own !== undefined) return own;
  return `This is not readable as YAML (${message.split('\n')[0]}). A text with ":" or "#" in it needs quotes.`;
}

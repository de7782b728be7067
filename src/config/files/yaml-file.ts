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
  if (slips.length > 0) return { faults: slips.map((slip) => ({ at: place(slip.pos[0]), message: slipText(slip) })) };
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
  MULTIPLE_DOCS: 'A line with "---" begins a second document. Keep everything in one.',
};

function slipText({ code, message }: YAMLError | { code: YAMLError['code']; message: string }): string {
  if (/flow (map|sequence|collection)/iu.test(message))
    return 'A bracket or brace before this line is left open. Close it, or indent what belongs inside.';
  const own = SLIPS[code];
  if (own !== undefined) return own;
  return `This is not readable as YAML (${message.split('\n')[0]}). A text with ":" or "#" in it needs quotes.`;
}

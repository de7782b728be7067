/**
 * A document as people read it, before it is Markdown or HTML. All of it is plain text: whoever writes it down escapes every word, ours and
 * those that come from YAML alike, so that no text can be more than text.
 */
export type Document = { readonly title: string; readonly blocks: readonly Block[] };

export type Block =
  /** 2: a section, 3: a part of one. */
  | { readonly heading: string; readonly level: 2 | 3 }
  | { readonly paragraph: string }
  | { readonly list: readonly Item[] }
  | { readonly table: Table };

/** A line of a list, with the lines below it. */
export type Item = { readonly text: string; readonly parts?: readonly Item[] };

/** The first cell of a row names it. `columns`: as wide as what stands in them asks for; left out, all are of one width but the first. */
export type Table = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly columns?: 'by-content';
};

/** Lines of one cell. */
export type Cell = readonly string[];

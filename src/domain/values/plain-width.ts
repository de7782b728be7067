/** Anything but plain letters, digits and signs, which is what nearly all addresses and numbers are written in. */
const NOT_PLAIN = /[^ -~]/u;

/**
 * A text with every letter and digit in its plain width and form (NFKC).
 *
 *     inPlainWidth('Ｔｅｌ ０３')  // => 'Tel 03'
 */
export function inPlainWidth(text: string): string {
  return NOT_PLAIN.test(text) ? text.normalize('NFKC') : text;
}

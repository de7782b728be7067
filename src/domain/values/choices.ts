/** What stands between the choices of a multi-select, in both systems. */
const SEPARATOR = ';';

/**
 * The choices of a multi-select, in their order, each once. Empty ones are none: a semicolon in front tells HubSpot to add to what is
 * there, and is no part of the value.
 *
 *     choicesIn(';製造; 小売;製造')  // => ['製造', '小売']
 */
export function choicesIn(text: string): readonly string[] {
  const choices = text.split(SEPARATOR).map((choice) => choice.trim());
  return [...new Set(choices.filter((choice) => choice !== ''))];
}

/** Choices as one value that replaces what is there: it never begins with a semicolon. `null` when there are none. */
export function joinChoices(choices: readonly string[]): string | null {
  const joined = [...new Set(choices)].join(SEPARATOR);
  return joined === '' ? null : joined;
}

/** Order and doubles are no difference: systems list the choices in the order of their own settings. */
export function canonicalChoices(text: string): string | null {
  return joinChoices(choicesIn(text).toSorted());
}

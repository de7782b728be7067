const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of an id.
 *
 * Answers carry 18 characters, some messages 15, and the two would not compare. The last three are a checksum of the case of
 * the first fifteen: five bits for each of three groups, bit k set where character k is a capital.
 *
 *     to18('00Qxx0000004GxD')   // => '00Qxx0000004GxDEAU'
 */
export function to18(id: string): string {
  const stem = id.slice(0, 15);
  return stem + checkedFrom(stem, 0) + checkedFrom(stem, 5) + checkedFrom(stem, 10);
}

/** The letter that stands for the capitals among these five characters. */
function checkedFrom(stem: string, start: number): string {
  let bits = 0;
  for (let k = 0; k < 5; k++) {
    const character = stem.charAt(start + k);
    if (character >= 'A' && character <= 'Z') bits += 1 << k;
  }
  return ALPHABET.charAt(bits);
}

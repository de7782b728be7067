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
  const checksum = [0, 5, 10].map((start) => {
    const capitals = [0, 1, 2, 3, 4].filter((k) => /[A-Z]/.test(stem.charAt(start + k)));
    return ALPHABET[capitals.reduce((bits, k) => bits + (1 << k), 0)];
  });
  return stem + checksum.join('');
}

/** Salesforce record ids: 15 case-sensitive characters, and three more that make them safe where case is lost. */

const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHAPE = /^[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?$/;

function checksum(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let place = 0; place < 5; place++) {
      const character = id15.charAt(block + place);
      if (character >= 'A' && character <= 'Z') bits |= 1 << place;
    }
    suffix += SUFFIX.charAt(bits);
  }
  return suffix;
}

/** The 18-character form of an id given in either form, or undefined if the text cannot be an id. */
export function to18(id: string): string | undefined {
  if (!SHAPE.test(id)) return undefined;
  const id15 = id.slice(0, 15);
  const id18 = id15 + checksum(id15);
  return id.length === 18 && id !== id18 ? undefined : id18;
}

/** Hands out ids in order. The same calls in the same order give the same ids, so a seeded org is repeatable. */
export class IdMint {
  #next = new Map<string, number>();

  reset(): void {
    this.#next.clear();
  }

  mint(prefix: string): string {
    const number = this.#next.get(prefix) ?? 4096;
    this.#next.set(prefix, number + 1);
    let rest = number;
    let digits = '';
    while (digits.length < 9) {
      digits = DIGITS.charAt(rest % 62) + digits;
      rest = Math.floor(rest / 62);
    }
    const id15 = `${prefix}5g0${digits}`;
    return id15 + checksum(id15);
  }
}

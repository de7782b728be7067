/** What an option's text means, or what is wrong with it. The fault never repeats the text: it may be a secret. */
type Checked<T> = { readonly value: T } | { readonly fault: string };
export type Check<T> = (text: string) => Checked<T>;

export const text: Check<string> = (given) => ({ value: given });

/** An address of a service; what it may begin with is said in the fault. A trailing slash is dropped. */
export function url(...protocols: readonly string[]): Check<string> {
  return (given) => {
    const parsed = URL.canParse(given) ? new URL(given) : null;
    if (parsed === null || !protocols.includes(parsed.protocol)) {
      return { fault: `must be an address that begins with ${protocols.map((name) => `${name}//`).join(' or ')}.` };
    }
    return { value: given.replace(/\/+$/u, '') };
  };
}

/** `https` anywhere; plain `http` only to this very machine, where no token can be overheard. */
export const serviceUrl: Check<string> = (given) => {
  const checked = url('https:', 'http:')(given);
  if ('fault' in checked) return checked;
  const { protocol, hostname } = new URL(checked.value);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol === 'http:' && !isLoopback)
    return { fault: 'must begin with https:// (plain http:// is accepted for 127.0.0.1 only).' };
  return checked;
};

export function oneOf<const T extends string>(...choices: readonly T[]): Check<T> {
  return (given) => {
    const choice = choices.find((name) => name === given);
    return choice === undefined ? { fault: `must be one of ${choices.join(', ')}.` } : { value: choice };
  };
}

/** A whole number between two bounds. */
export function whole(least: number, most: number): Check<number> {
  return (given) => {
    const number = Number(given);
    const fits = /^\d+$/u.test(given) && number >= least && number <= most;
    return fits ? { value: number } : { fault: `must be a whole number from ${least} to ${most}.` };
  };
}

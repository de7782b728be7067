/**
 * Holds chance and time still while `work` runs: waits between attempts are jittered by Math.random, and Retry-After dates are read
 * beside Date.now. Both come from the seed and the virtual clock here, or no two runs would be alike.
 */
export async function steady<T>(random: () => number, now: () => number, work: () => Promise<T>): Promise<T> {
  const real = { random: Math.random, now: Date.now };
  Math.random = random;
  Date.now = now;
  try {
    return await work();
  } finally {
    Math.random = real.random;
    Date.now = real.now;
  }
}

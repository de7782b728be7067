import { InvariantBroken } from '../../errors/errors.ts';
import { Refusal } from './refusal.ts';

/** A refusal that nobody inside knew how to take is a request that we should not have made. */
export async function door<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal)
      throw new InvariantBroken(`HubSpot refused a request of ours: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The same for what comes page by page. */
export async function* throughDoor<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  for (;;) {
    const page = await door(() => pages.next());
    if (page.done === true) return;
    yield page.value;
  }
}

import type { Finding } from '../domain/people/person.ts';
import type { Values } from '../domain/values/value.ts';

/**
 * Field → value, as a finding remembers what is not to be written: refused by a system, rejected or taken back by a person. It stands
 * there as text, since a finding's details are plain values.
 */
export function wantedIn({ detail }: Pick<Finding, 'detail'>): Values {
  return JSON.parse(String(detail['wanted'] ?? '{}')) as Values;
}

import { ControlRefusal } from './refusal.ts';

/** Turns switches of a running emulator; a name or a kind of value that it does not have is refused, and nothing is turned. */
export function patchSwitches(switches: object, patch: Record<string, unknown>): void {
  const target = switches as Record<string, unknown>;
  for (const [name, value] of Object.entries(patch)) {
    if (!(name in target)) {
      throw new ControlRefusal(
        400,
        `There is no switch "${name}". There are: ${Object.keys(target).sort().join(', ')}`,
      );
    }
    if (!fits(target[name], value)) {
      throw new ControlRefusal(
        400,
        `The switch "${name}" holds ${JSON.stringify(target[name])}; a ${kindOf(value)} does not fit`,
      );
    }
  }
  for (const [name, value] of Object.entries(patch)) {
    const held = target[name];
    target[name] = isPlain(held) && isPlain(value) ? { ...held, ...value } : value;
  }
}

function fits(held: unknown, value: unknown): boolean {
  return held === null || held === undefined || value === null || kindOf(held) === kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === 'object';
}

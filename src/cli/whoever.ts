import { userInfo } from 'node:os';
import type { Flags } from './verb.ts';

/** Who does this, for the audit: as `--by` says, else the login name. */
export function whoever(flags: Flags): string {
  return textOf(flags['by']) ?? process.env['USER'] ?? systemUser();
}

/** Who runs this process, as the operating system has it, whatever the environment says. A container may run under a number that has no name. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'cli';
  }
}

/** What an option was given, where it was given words. */
export function textOf(flag: unknown): string | undefined {
  return typeof flag === 'string' ? flag : undefined;
}

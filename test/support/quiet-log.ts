import type { Log } from '../../src/ports/log.ts';

/** A log that keeps to itself. */
export const quietLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

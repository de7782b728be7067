/** One bug planted in the product: the text that stands there, and what the bug makes of it. */
export type Mutant = {
  readonly name: string;
  /** What an engineer who made this mistake would have thought. */
  readonly thought: string;
  /** Path from the root of the project. */
  readonly file: string;
  /** Stands in the file exactly once; a mutant whose text is gone is stale, and says so. */
  readonly find: string;
  readonly replace: string;
};

/** Not from the field: each turns an oracle red that no mistake from there reaches. */
const OF_ORACLES: readonly Mutant[] = [
  {
    name: 'stage-goes-where-it-is-typed',
    thought: 'People know best where somebody stands.',
    file: 'src/reconcile/plan-stage.ts',
    find: '  const isFurther = moved !== null && stageRank(moved.stage) > stageRank(currentOf(entries));\n',
    replace: '  const isFurther = moved !== null && stageRank(moved.stage) !== stageRank(currentOf(entries));\n',
  },
  {
    name: 'plan-shows-one-write-each',
    thought: 'One line per person is enough to read.',
    file: 'src/cli/look.ts',
    find: '        planned.push(...plan.changes);\n',
    replace: '        planned.push(...plan.changes.slice(0, 1));\n',
  },
  {
    name: 'undo-asks-nobody',
    thought: 'Whoever takes a run back means all of it.',
    file: 'src/reconcile/undo-verdicts.ts',
    find: "  if (!stands(field, found, after)) return { kind: 'kept', because: 'edited-since', found };\n",
    replace: '',
  },
  {
    name: 'lead-made-without-key',
    thought: 'Its address tells whose it is.',
    file: 'src/steps/write.ts',
    find: '  return { change: id, kind, object: target.object, id: target.id, key, values };\n',
    replace:
      "  return { change: id, kind, object: target.object, id: target.id, key: target.object === 'Lead' ? null : key, values };\n",
  },
  {
    name: 'budget-is-not-asked',
    thought: 'The system says itself when it has had enough.',
    file: 'src/domain/budget/ladder.ts',
    find: '  return !stopped(level).has(purpose);\n',
    replace: '  return true;\n',
  },
  {
    name: 'reason-in-japanese-alone',
    thought: 'English can follow later.',
    file: 'src/domain/texts/reasons.ts',
    find: "    en: () => 'the key that ties both records to each other',\n",
    replace: "    en: () => '',\n",
  },
];

/** The mistakes that real engines of this kind were shipped with. Every one must be caught by an oracle. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'drop-overlap',
    thought: 'What was modified before the last pull has been seen.',
    file: 'src/connectors/hubspot/options.ts',
    find: 'pull: { overlapMs: 90_000,',
    replace: 'pull: { overlapMs: 0,',
  },
  {
    name: 'cursor-before-effect',
    thought: 'Move on first, then there is time for the page.',
    file: 'src/steps/pull.ts',
    find: '    changed += await noteRows(system, page.object, page.sightings, context, works);\n',
    replace:
      '    await ledger.advanceCursor(system, page.object, page.cursor, page.covers);\n    changed += await noteRows(system, page.object, page.sightings, context, works);\n',
  },
  {
    name: 'cursor-is-newest-seen',
    thought: 'The next pull begins where the newest row ended.',
    file: 'src/connectors/hubspot/pull.ts',
    find: '    const covers = this.#covers(cursor);\n',
    replace: '    const covers = this.#now;\n',
  },
  {
    name: 'ignore-207-errors',
    thought: 'A 2xx is a success.',
    file: 'src/connectors/hubspot/write.ts',
    find: '      else outcomes.push(this.#refused(effect, complaint));\n',
    replace: "      else outcomes.push(this.#outcomeOf(effect, effect.id ?? '', false));\n",
  },
  {
    name: 'batch-level-success',
    thought: 'The batch was accepted, so its records were.',
    file: 'src/connectors/hubspot/write.ts',
    find: '      return await this.#reconcile(effects, answer);\n',
    replace:
      "      if (effects[0]?.kind !== 'update') return await this.#reconcile(effects, answer);\n      return effects.map((effect) => this.#outcomeOf(effect, effect.id ?? '', false));\n",
  },
  {
    name: 'blind-create-retry',
    thought: 'A create that got no answer is sent again.',
    file: 'src/steps/write.ts',
    find: '  return { change: id, kind, object: target.object, id: target.id, key, values };\n',
    replace:
      "  return { change: id, kind, object: target.object, id: target.id, key: kind === 'create' && target.object === 'Task' ? null : key, values };\n",
  },
  {
    name: 'base-moved-before-confirm',
    thought: 'What we are about to write is what both sides hold.',
    file: 'src/reconcile/plan-frame.ts',
    find: '    bases: intent.bases,\n',
    replace: '    bases: [...intent.bases, ...intent.drafts.flatMap((draft) => draft.basesAfter)],\n',
  },
  {
    name: 'single-base-for-both-sides',
    thought: 'One remembered value is enough.',
    file: 'src/reconcile/merge-field.ts',
    find: '  if (now === versions.base?.[side]) return false;\n',
    replace: '  if (now === versions.base?.hubspot) return false;\n',
  },
  {
    name: 'fallback-owner-is-an-edit',
    thought: 'Whoever stands there was put there by somebody.',
    file: 'src/reconcile/owner.ts',
    find: '  const ownerId = record === null ? assigned : record.values[OWNER_FIELD];\n',
    replace:
      '  const behind = userBehindSeat(contact?.values[OWNER_PROPERTY], context)?.id;\n  const ownerId = record === null ? assigned : (behind ?? record.values[OWNER_FIELD]);\n',
  },
  {
    name: 'echo-is-an-edit',
    thought: 'What both sides hold is seen at the next read; why remember what we send?',
    file: 'src/reconcile/plan-frame.ts',
    find: '    basesAfter: part.basesAfter[record.system],\n',
    replace: '    basesAfter: [],\n',
  },
  {
    name: 'error-told-by-class',
    thought: 'The client throws its own kind of error.',
    file: 'src/connectors/hubspot/trouble.ts',
    find: '  if (failure instanceof BadAnswer && failure.status >= 300) {\n',
    replace:
      "  if (failure instanceof Error && failure.constructor.name === 'ApiException' && failure instanceof BadAnswer) {\n",
  },
  {
    name: 'inactive-owner-accepted',
    thought: 'A user is a user.',
    file: 'src/reconcile/assign.ts',
    find: '  if (user?.active !== true) return null;\n',
    replace: '  if (user === undefined) return null;\n',
  },
  {
    name: 'lapse-without-fresh-evidence',
    thought: 'The due instant is past, so it has lapsed.',
    file: 'src/domain/clocks/run-clock.ts',
    find: "  if (clock.state === 'running' && (facts.coveredUntil === null || facts.coveredUntil < limit)) {\n",
    replace: "  if (clock.state === 'running' && facts.coveredUntil === null) {\n",
  },
  {
    name: 'utc-instead-of-office-zone',
    thought: 'A date is a date.',
    file: 'src/domain/calendar/local-time.ts',
    find: '  return valid?.minutes ?? 0;\n',
    replace: '  return (valid?.minutes ?? 0) * 0;\n',
  },
  {
    name: 'clear-then-set-without-resume',
    thought: 'What was interrupted begins anew.',
    file: 'src/steps/write.ts',
    find: '  for (const { field, after } of steps[step] ?? []) values[field] = after;\n',
    replace: '  for (const { field, after } of steps[Math.min(step, 0)] ?? []) values[field] = after;\n',
  },
  ...OF_ORACLES,
];

import { InvariantBroken, LedgerUnavailable } from '../../../src/errors/errors.ts';
import type { Ledger } from '../../../src/ports/ledger.ts';
import { noteActivities } from './activities.ts';
import * as agreements from './agreements.ts';
import * as approval from './approval.ts';
import { openDeadlines } from './clocks.ts';
import { recordConfirmations } from './confirmations.ts';
import { noteDirectory, readDirectory } from './directory.ts';
import { meetAgreement, wakeEveryone } from './dirtiness.ts';
import { noteHistory } from './facts.ts';
import { closeFindings, openFindings, readFindings, tellAgain } from './findings.ts';
import { releasePlanned } from './gate.ts';
import { lastSeen, owning } from './last-seen.ts';
import { findEntity, history } from './lookup.ts';
import { match } from './matching.ts';
import { readMessages } from './messages.ts';
import { recordOutcomes } from './outcomes.ts';
import { pastOfPeople } from './past.ts';
import { plan } from './planning.ts';
import { rejections } from './rejections.ts';
import { retry } from './retry.ts';
import { finishRun, notePulled, runCounts, startRun } from './runs.ts';
import { wakeDue } from './set-aside.ts';
import * as settings from './settings.ts';
import { noteSightings, unseenSince } from './sightings.ts';
import { spend, spending, toSend } from './spending.ts';
import { copyOf, emptyState, type State } from './state.ts';
import {
  advanceCursor,
  forgetCursor,
  noteSchema,
  readCursor,
  readCursors,
  readSchema,
  readSchemas,
} from './streams.ts';
import { counts, waiting } from './tallies.ts';
import { grantTasks, taskQueues } from './task-turns.ts';
import * as undo from './undo.ts';
import { claim, expireLeases, release, toConfirm } from './writes.ts';

/** What each ledger in memory holds, for `dump`. */
const states = new WeakMap<Ledger, State>();

/** The tables under a ledger in memory; the test fails if it is another ledger. */
export function stateOf(ledger: Ledger): State {
  const state = states.get(ledger);
  if (state === undefined) throw new Error('This ledger is not one in memory.');
  return state;
}

/**
 * A ledger that forgets everything with the process, and costs microseconds. It does what the SQL ledger does, which the contract suite
 * and `ledgers-agree.test.ts` hold: its moves are written here once more, plainly and over maps, so that the two check each other.
 */
export function openMemoryLedger(): Ledger {
  return ledgerOn(emptyState());
}

/** The table of contents: each method is one move that happens wholly or not at all, since nothing awaits in its middle. */
function ledgerOn(state: State, lent = false): Ledger {
  let isClosed = false;
  const within = async <T>(move: (state: State) => T): Promise<T> => {
    if (isClosed) throw new LedgerUnavailable('The ledger has been closed.');
    return wholly(state, move);
  };
  const ledger: Ledger = {
    bind: (accounts) => within((on) => settings.bind(on, accounts)),
    goLive: () => within(settings.goLive),
    setGoLive: (at) => within((on) => settings.setGoLive(on, at)),
    rememberConfig: (version) => within((on) => settings.rememberConfig(on, version)),
    configInForce: (kind) => within((on) => settings.configInForce(on, kind)),
    keepAgreement: (agreement, at) => within((on) => agreements.keepAgreement(on, agreement, at)),
    signAgreement: (agreement, signature) => within((on) => agreements.signAgreement(on, agreement, signature)),
    acknowledgeAgreement: (hash, read) => within((on) => agreements.acknowledgeAgreement(on, hash, read)),
    agreements: () => within(agreements.agreements),
    openDeadlines: () => within(openDeadlines),
    paused: () => within(settings.paused),
    pause: (by, why, at) => within((on) => settings.pause(on, by, why, at)),
    resume: (by, at) => within((on) => settings.resume(on, by, at)),
    audit: (entry) => within((on) => settings.audit(on, entry)),

    directory: () => within(readDirectory),
    noteDirectory: (system, entries, at) => within((on) => noteDirectory(on, system, entries, at)),
    noteSchema: (schema) => within((on) => noteSchema(on, schema)),
    schema: (system, object) => within((on) => readSchema(on, system, object)),
    schemas: () => within(readSchemas),
    spend: (system, bill, at) => within((on) => spend(on, system, bill, at)),
    spending: (system, since) => within((on) => spending(on, system, since)),
    cursor: (system, stream) => within((on) => readCursor(on, system, stream)),
    cursors: (system) => within((on) => readCursors(on, system)),
    advanceCursor: (system, stream, cursor, covers) =>
      within((on) => advanceCursor(on, system, stream, cursor, covers)),
    forgetCursor: (system, object) => within((on) => forgetCursor(on, system, object)),

    noteSightings: (sightings, factFields) => within((on) => noteSightings(on, sightings, factFields)),
    noteActivities: (activities) => within((on) => noteActivities(on, activities)),
    noteHistory: (entries) => within((on) => noteHistory(on, entries)),
    unseenSince: (system, object, at, limit) => within((on) => unseenSince(on, system, object, at, limit)),
    lastSeen: (system, object, ids, field) => within((on) => lastSeen(on, { system, object }, ids, field)),
    owning: (system, owners) => within((on) => owning(on, system, owners)),
    match: (limit, at, decide) => within((on) => match(on, limit, at, decide)),
    plan: (run, limit, at, decide) => within((on) => plan(on, run, limit, at, decide)),
    releasePlanned: (gate, at) => within((on) => releasePlanned(on, gate, at)),
    waitingPlan: () => within(approval.waitingPlan),
    waitingChanges: () => within(approval.waitingChanges),
    rememberShown: (shown, changes) => within((on) => approval.rememberShown(on, shown, changes)),
    approve: (decision) => within((on) => approval.approve(on, decision)),
    reject: (decision) => within((on) => approval.reject(on, decision)),
    taskQueues: () => within(taskQueues),
    grantTasks: (grant, at) => within((on) => grantTasks(on, grant, at)),
    messages: (limit) => within((on) => readMessages(on, limit)),
    wakeClocks: (at) => within((on) => wakeDue(on, at)),
    wakeEveryone: () => within(wakeEveryone),
    meetAgreement: (at) => within((on) => meetAgreement(on, at)),

    toSend: (system) => within((on) => toSend(on, system)),
    claim: (system, limit, at, leaseMs, downTo) => within((on) => claim(on, system, limit, { at, leaseMs, downTo })),
    recordOutcomes: (outcomes, at) => within((on) => recordOutcomes(on, outcomes, at)),
    release: (changes) => within((on) => release(on, changes)),
    toConfirm: (system, limit) => within((on) => toConfirm(on, system, limit)),
    recordConfirmations: (verdicts, at) => within((on) => recordConfirmations(on, verdicts, at)),
    expireLeases: (at, everyone) => within((on) => expireLeases(on, at, everyone)),

    retry: (entity, by, at) => within((on) => retry(on, entity, by, at)),
    runs: (limit) => within((on) => undo.runs(on, limit)),
    touchedBy: (run, after, limit) => within((on) => undo.touchedBy(on, run, after, limit)),
    changesSince: (run, entities) => within((on) => undo.changesSince(on, run, entities)),
    undo: (asked, entities, at, decide) => within((on) => undo.undo(on, asked, entities, at, decide)),

    openFinding: (finding, at) => within((on) => openFindings(on, [finding], at)),
    closeFinding: (code, subject, at) => within((on) => closeFindings(on, [{ code, subject }], at)),
    tellAgain: (finding, at) => within((on) => tellAgain(on, finding, at)),
    findings: () => within(readFindings),
    startRun: (id, kind, at) => within((on) => startRun(on, id, kind, at)),
    notePulled: (run, records) => within((on) => notePulled(on, run, records)),
    finishRun: (id, counted, at) => within((on) => finishRun(on, id, counted, at)),
    runCounts: (id) => within((on) => runCounts(on, id)),
    waiting: () => within(waiting),
    counts: () => within(counts),
    person: (handle) => within((on) => findEntity(on, 'person', handle)),
    entity: (kind, handle) => within((on) => findEntity(on, kind, handle)),
    history: (person) => within((on) => history(on, person)),
    rejections: (limit) => within((on) => rejections(on, limit)),
    pastOfPeople: (after, limit) => within((on) => pastOfPeople(on, after, limit)),

    async rehearse(work) {
      if (lent) throw new InvariantBroken('A rehearsal cannot be rehearsed.');
      return work(ledgerOn(await within(copyOf), true));
    },
    async close() {
      if (lent) throw new InvariantBroken('A rehearsal cannot close the ledger it was lent.');
      isClosed = true;
    },
  };
  states.set(ledger, state);
  return ledger;
}

/** A move that fails is taken back, the last step first. */
function wholly<T>(state: State, move: (state: State) => T): T {
  try {
    return move(state);
  } catch (failure) {
    for (const undo of state.journal.splice(0).reverse()) undo();
    throw failure;
  } finally {
    state.journal.length = 0;
  }
}

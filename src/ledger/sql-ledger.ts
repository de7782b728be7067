import { InvariantBroken } from '../errors/errors.ts';
import type { Ledger } from '../ports/ledger.ts';
import { noteActivities } from './activities.ts';
import * as agreements from './agreements.ts';
import * as approval from './approval.ts';
import { releasePlanned } from './approval-gate.ts';
import { rememberShown } from './approval-shown.ts';
import { claim, expireLeases, release, toConfirm } from './claims.ts';
import { openDeadlines } from './clocks.ts';
import { recordConfirmations } from './confirmations.ts';
import { noteDirectory, readDirectory } from './directory.ts';
import { meetAgreement, wakeEveryone } from './entities.ts';
import { noteHistory } from './facts.ts';
import { closeFindings, openFindings, readFindings, tellAgain } from './findings.ts';
import { history } from './history.ts';
import { lastSeen, owning } from './last-seen.ts';
import { findEntity } from './lookup.ts';
import { match } from './match.ts';
import { readMessages } from './messages.ts';
import { recordOutcomes } from './outcomes.ts';
import { pastOfPeople } from './past.ts';
import { plan } from './planning.ts';
import { rejections } from './rejections.ts';
import { retry } from './retry.ts';
import { finishRun, notePulled, runCounts, startRun } from './runs.ts';
import type { Session } from './session.ts';
import { wakeDue } from './set-aside.ts';
import * as settings from './settings.ts';
import { noteSightings } from './sightings.ts';
import { spend, spending, toSend } from './spending.ts';
import {
  advanceCursor,
  forgetCursor,
  noteSchema,
  readCursor,
  readCursors,
  readSchema,
  readSchemas,
} from './streams.ts';
import { unseenSince } from './survey.ts';
import { counts, waiting } from './tallies.ts';
import { grantTasks, taskQueues } from './task-turns.ts';
import type { Transactions } from './transactions.ts';
import * as undo from './undo.ts';
import { configInForce, rememberConfig } from './versions.ts';

/** The ledger's table of contents: each method is one transaction around the function that does it, or `single`: one statement. */
export function ledgerOn(transactions: Transactions, close: () => Promise<void>): Ledger {
  const within = <T>(work: (on: Session) => Promise<T>) => transactions.run(work);
  const single = <T>(work: (on: Session) => Promise<T>) => transactions.single(work);
  return {
    bind: (accounts) => within((on) => settings.bind(on, accounts)),
    goLive: () => single(settings.goLive),
    setGoLive: (at) => within((on) => settings.setGoLive(on, at)),
    rememberConfig: (version) => within((on) => rememberConfig(on, version)),
    configInForce: (kind) => single((on) => configInForce(on, kind)),
    keepAgreement: (agreement, at) => single((on) => agreements.keepAgreement(on, agreement, at)),
    signAgreement: (agreement, signature) => within((on) => agreements.signAgreement(on, agreement, signature)),
    acknowledgeAgreement: (hash, read) => within((on) => agreements.acknowledgeAgreement(on, hash, read)),
    agreements: () => within(agreements.agreements),
    openDeadlines: () => single(openDeadlines),
    paused: () => single(settings.paused),
    pause: (by, why, at) => within((on) => settings.pause(on, by, why, at)),
    resume: (by, at) => within((on) => settings.resume(on, by, at)),
    audit: (entry) => single((on) => settings.audit(on, entry)),

    directory: () => single(readDirectory),
    noteDirectory: (system, entries, at) => within((on) => noteDirectory(on, system, entries, at)),
    noteSchema: (schema, at) => single((on) => noteSchema(on, schema, at)),
    schema: (system, object) => single((on) => readSchema(on, system, object)),
    spend: (system, bill, at) => single((on) => spend(on, system, bill, at)),
    spending: (system, since) => single((on) => spending(on, system, since)),
    cursor: (system, stream) => single((on) => readCursor(on, system, stream)),
    cursors: (system) => single((on) => readCursors(on, system)),
    schemas: () => single(readSchemas),
    advanceCursor: (system, stream, cursor, covers) =>
      single((on) => advanceCursor(on, system, stream, cursor, covers)),

    forgetCursor: (system, object) => single((on) => forgetCursor(on, system, object)),

    noteSightings: (sightings, factFields) => within((on) => noteSightings(on, sightings, factFields)),
    noteActivities: (activities) => within((on) => noteActivities(on, activities)),
    noteHistory: (entries) => within((on) => noteHistory(on, entries)),
    unseenSince: (system, object, at, limit) => single((on) => unseenSince(on, system, object, at, limit)),
    lastSeen: (system, object, ids, field) => single((on) => lastSeen(on, { system, object }, ids, field)),
    owning: (system, owners) => single((on) => owning(on, system, owners)),
    match: (limit, at, decide) => within((on) => match(on, limit, at, decide)),
    plan: (run, limit, at, decide) => within((on) => plan(on, run, limit, at, decide)),
    releasePlanned: (gate, at) => within((on) => releasePlanned(on, gate, at)),
    waitingPlan: () => within(approval.waitingPlan),
    waitingChanges: () => within(approval.waitingChanges),
    rememberShown: (shown, changes, at) => within((on) => rememberShown(on, shown, changes, at)),
    approve: (decision) => within((on) => approval.approve(on, decision)),
    reject: (decision) => within((on) => approval.reject(on, decision)),
    taskQueues: () => within(taskQueues),
    grantTasks: (grant, at) => within((on) => grantTasks(on, grant, at)),
    messages: (limit) => within((on) => readMessages(on, limit)),
    wakeClocks: (at) => within((on) => wakeDue(on, at)),
    wakeEveryone: () => within(wakeEveryone),
    meetAgreement: (at) => within((on) => meetAgreement(on, at)),

    toSend: (system) => single((on) => toSend(on, system)),
    claim: (system, limit, at, leaseMs, downTo) => within((on) => claim(on, system, limit, { at, leaseMs, downTo })),
    recordOutcomes: (outcomes, at) => within((on) => recordOutcomes(on, outcomes, at)),
    release: (changes) => within((on) => release(on, changes)),
    toConfirm: (system, limit) => single((on) => toConfirm(on, system, limit)),
    recordConfirmations: (verdicts, at) => within((on) => recordConfirmations(on, verdicts, at)),
    expireLeases: (at, everyone) => within((on) => expireLeases(on, at, everyone)),

    retry: (entity, by, at) => within((on) => retry(on, entity, by, at)),
    runs: (limit) => within((on) => undo.runs(on, limit)),
    touchedBy: (run, after, limit) => within((on) => undo.touchedBy(on, run, after, limit)),
    changesSince: (run, entities) => within((on) => undo.changesSince(on, run, entities)),
    undo: (asked, entities, at, decide) => within((on) => undo.undo(on, asked, entities, at, decide)),

    openFinding: (finding, at) => single((on) => openFindings(on, [finding], at)),
    closeFinding: (code, subject, at) => single((on) => closeFindings(on, [{ code, subject }], at)),
    tellAgain: (finding, at) => within((on) => tellAgain(on, finding, at)),
    findings: () => single(readFindings),
    startRun: (id, kind, at) => single((on) => startRun(on, id, kind, at)),
    notePulled: (run, records) => single((on) => notePulled(on, run, records)),
    finishRun: (id, runCounts, at) => single((on) => finishRun(on, id, runCounts, at)),
    runCounts: (id) => single((on) => runCounts(on, id)),
    waiting: () => within(waiting),
    counts: () => within(counts),
    person: (handle) => within((on) => findEntity(on, 'person', handle)),
    entity: (kind, handle) => within((on) => findEntity(on, kind, handle)),
    history: (person) => within((on) => history(on, person)),
    rejections: (limit) => within((on) => rejections(on, limit)),
    pastOfPeople: (after, limit) => within((on) => pastOfPeople(on, after, limit)),

    rehearse: (work) => transactions.rehearse((rehearsal) => work(ledgerOn(rehearsal, refuseToClose))),
    close,
  };
}

async function refuseToClose(): Promise<void> {
  throw new InvariantBroken('A rehearsal cannot close the ledger it was lent.');
}

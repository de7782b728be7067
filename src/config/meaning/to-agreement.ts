import { type Agreement, STAGES, type StageRule } from '../../domain/agreement/agreement.ts';
import { isStage } from '../../domain/agreement/stage-order.ts';
import { fromLocal } from '../../domain/calendar/local-time.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import { canonicalEmail } from '../../domain/values/canonical.ts';
import { epochDay, parseInstant } from '../../domain/values/instant.ts';
import type { AgreementFile } from '../grammar/agreement-grammar.ts';
import type { Context } from './agreement-context.ts';
import { complainOfUnasked } from './answers-asked.ts';
import { complainOfContradictions } from './contradictions.ts';
import { leavesOf } from './leaves-of.ts';
import { complainOfNames } from './names-used.ts';
import { toActions, toBehaviourRule } from './to-actions.ts';
import { toCondition } from './to-condition.ts';
import { complainOfTeam, toDeadlines } from './to-deadline.ts';
import { toWallDuration } from './to-duration.ts';
import { toTasksPerDay } from './to-lapse.ts';
import { toTerms } from './to-terms.ts';

/** What both departments promised each other, in the domain's words. */
export function toAgreement(file: AgreementFile, context: Context): Agreement {
  const stages = toStages(file, context);
  const actions = toActions(file);
  const score = toScore(file, context);
  const terms = toTerms(file);
  complainOfNames(file, context);
  complainOfUnasked(stages, terms, context.complaints);
  complainOfContradictions({ ...(actions === undefined ? {} : { actions }), score, stages }, context.complaints);
  return {
    version: file.version,
    effective: file.effective,
    startsAt: toStart(file.starts_at, context),
    ...(file.adopt === undefined ? {} : { adopt: { openSince: toWallDuration(file.adopt.open_since) } }),
    ...(file.applies_to === 'new' ? { appliesTo: 'new' as const } : {}),
    roles: Object.fromEntries(
      Object.entries(file.roles ?? {}).map(([role, email]) => [role, canonicalEmail(email) ?? email]),
    ),
    ...(actions === undefined ? {} : { actions }),
    score,
    ...terms,
    stages,
    ...(file.stages['manual-edits'] === undefined ? {} : { manualEdits: file.stages['manual-edits'] }),
    shownAs: toShownAs(file, context),
    deadlines: toDeadlines(file.deadlines ?? {}, { stages, reasons: terms.reasons }, context),
    ...toTasksPerDay(file.tasks),
  };
}

function toStart(written: string, { calendar, complaints }: Context): Agreement['startsAt'] {
  if (written === 'first-run') return written;
  if (epochDay(written) !== null) return fromLocal(written, 0, calendar);
  const instant = parseInstant(written);
  if (instant === null) {
    complaints.about(
      ['starts_at'],
      `"${written}" must be first-run, a date (2026-10-01) or an instant with its zone (2026-10-01T09:00+09:00).`,
    );
  }
  return instant ?? 'first-run';
}

function toScore({ score }: AgreementFile, context: Context): Agreement['score'] {
  const { complaints } = context;
  const attribute = (score.attribute ?? []).map(({ points, ...written }, index) => {
    const path = ['score', 'attribute', index];
    if (leavesOf(written, path).some(({ asks }) => asks.score !== undefined))
      complaints.about(path, 'A rule that gives points cannot ask for the score: it would depend on itself.');
    if (leavesOf(written, path).some(({ asks }) => asks.action !== undefined))
      complaints.about(
        path,
        'Points for what a person did stand under "behaviour": { action: …, points: … }. "attribute" is who they are.',
      );
    return { when: toCondition(written), points };
  });
  const { behaviour = null } = score;
  return { behaviour: Array.isArray(behaviour) ? behaviour.map(toBehaviourRule) : behaviour, attribute };
}

function toStages({ stages }: AgreementFile, context: Context): readonly StageRule[] {
  const { 'shown-as': _, 'manual-edits': _edits, ...rules } = stages;
  return STAGES.flatMap((stage): readonly StageRule[] => {
    const written = stage === 'recycled' || stage === 'disqualified' ? undefined : rules[stage];
    if (written === undefined) return [];
    const team = written['hand-off']?.to;
    if (team !== undefined) complainOfTeam(team, ['stages', stage, 'hand-off', 'to'], context);
    const rule = { stage, department: written.department };
    return [
      {
        ...rule,
        ...(written.when === undefined ? {} : { when: toCondition(written.when) }),
        ...(team === undefined
          ? {}
          : { handOff: { to: team, ...(written['hand-off']?.brief === true ? { brief: true } : {}) } }),
        ...('second-pass' in written && written['second-pass'] === true ? { secondPass: true } : {}),
      },
    ];
  });
}

function toShownAs({ stages }: AgreementFile, { complaints }: Context): Agreement['shownAs'] {
  const written = stages['shown-as'];
  const { 'hubspot.lifecyclestage': shown, 'salesforce.Lead.Status': leadStatus, reset_lifecycle: reset } = written;
  for (const name of ['hubspot.lifecyclestage', 'salesforce.Lead.Status'] as const)
    for (const stage of Object.keys(written[name] ?? {})) {
      if (isStage(stage)) continue;
      const path = ['stages', 'shown-as', name, stage];
      complaints.aboutKey(path, `"${stage}" is no stage.${didYouMean(stage, STAGES)} Stages: ${STAGES.join(', ')}.`);
    }
  return {
    lifecyclestage: shown,
    ...(reset === true ? { reset } : {}),
    ...(leadStatus === undefined ? {} : { leadStatus }),
  };
}

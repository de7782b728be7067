import { type Agreement, type DeadlineRule, STAGES, type StageRule } from '../../domain/agreement/agreement.ts';
import { isStage } from '../../domain/agreement/stage-order.ts';
import type { BusinessCalendar } from '../../domain/calendar/business-calendar.ts';
import { fromLocal } from '../../domain/calendar/local-time.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import { canonicalEmail } from '../../domain/values/canonical.ts';
import { epochDay, parseInstant } from '../../domain/values/instant.ts';
import type { AgreementFile } from '../grammar/agreement-grammar.ts';
import type { WrittenCondition } from '../grammar/condition-grammar.ts';
import type { Complaints } from './complain.ts';
import { toCondition } from './to-condition.ts';
import { toDuration } from './to-duration.ts';

type Context = {
  readonly teams: readonly string[];
  readonly calendar: BusinessCalendar;
  readonly complaints: Complaints;
};

/** What both departments promised each other, in the domain's words. `teams` are those of owners.yaml. */
export function toAgreement(file: AgreementFile, context: Context): Agreement {
  const stages = toStages(file, context);
  return {
    version: file.version,
    effective: file.effective,
    startsAt: toStart(file.starts_at, context),
    roles: Object.fromEntries(
      Object.entries(file.roles ?? {}).map(([role, email]) => [role, canonicalEmail(email) ?? email]),
    ),
    score: toScore(file, context),
    stages,
    shownAs: { lifecyclestage: toShownAs(file, context) },
    deadlines: Object.entries(file.deadlines ?? {}).map(([name, deadline]) =>
      toDeadline(name, deadline, stages, context),
    ),
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

function toScore({ score }: AgreementFile, { complaints }: Context): Agreement['score'] {
  const attribute = (score.attribute ?? []).map(({ points, ...written }, index) => {
    if (readsScore(written)) {
      complaints.about(
        ['score', 'attribute', index],
        'A rule that gives points cannot ask for the score: it would depend on itself.',
      );
    }
    return { when: toCondition(written), points };
  });
  return { behaviour: score.behaviour ?? null, attribute };
}

function readsScore(written: WrittenCondition): boolean {
  const parts = [...(written.all ?? []), ...(written.any ?? []), ...(written.not === undefined ? [] : [written.not])];
  return written.score !== undefined || parts.some(readsScore);
}

function toStages({ stages }: AgreementFile, context: Context): readonly StageRule[] {
  const { 'shown-as': _, ...rules } = stages;
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
        ...(team === undefined ? {} : { handOff: { to: team } }),
      },
    ];
  });
}

function toShownAs({ stages }: AgreementFile, { complaints }: Context): Agreement['shownAs']['lifecyclestage'] {
  const shown = stages['shown-as']['hubspot.lifecyclestage'];
  for (const stage of Object.keys(shown)) {
    if (isStage(stage)) continue;
    const path = ['stages', 'shown-as', 'hubspot.lifecyclestage', stage];
    complaints.aboutKey(path, `"${stage}" is no stage.${didYouMean(stage, STAGES)} Stages: ${STAGES.join(', ')}.`);
  }
  return shown;
}

type WrittenDeadline = NonNullable<AgreementFile['deadlines']>[string];

function toDeadline(
  name: string,
  written: WrittenDeadline,
  stages: readonly StageRule[],
  context: Context,
): DeadlineRule {
  const { department, who, starts, ends, within, lapse } = written;
  const team = starts['handed-off'];
  const path = ['deadlines', name, 'starts', 'handed-off'];
  complainOfTeam(team, path, context);
  if (!stages.some(({ handOff }) => handOff?.to === team)) {
    context.complaints.about(
      path,
      `No stage hands anybody over to "${team}", so this deadline would never start. Add "hand-off: { to: ${team} }" to a stage.`,
    );
  }
  return { name, department, who, starts: { handedOff: team }, ends, within: toDuration(within), lapse };
}

function complainOfTeam(team: string, path: readonly string[], { teams, complaints }: Context): void {
  if (teams.includes(team)) return;
  complaints.about(
    path,
    `owners.yaml has no team "${team}".${didYouMean(team, teams)} Teams: ${teams.join(', ') || 'none'}.`,
  );
}

import type { Stage } from '../domain/agreement/agreement.ts';
import { explain, unknownIn } from '../domain/agreement/evaluate.ts';
import type { PersonView, PlanContext } from './context.ts';
import { judgementOf, type StageJudged } from './judgement.ts';

/**
 * Is this person moved on by the wording alone? Under `applies_to: new` whoever was known before a version came into force, and meets a
 * criterion the first time they are judged by it, has not become anything: the text has changed, not they. Whoever meets the
 * version's before as well has done something in between, and is handed over.
 */
export function isByWording(stage: Stage, view: PersonView, context: PlanContext): boolean {
  const { agreement, earlier = [] } = context.policy;
  if (agreement.appliesTo !== 'new' || !isJudgedAnew(view, context)) return false;
  const before = judgedUnder(view);
  const then = earlier.find(({ version }) => version === before);
  const when = then?.stages.find((rule) => rule.stage === stage)?.when;
  if (then === undefined || when === undefined) return true;
  const { lookup } = judgementOf(view, { ...context, policy: { ...context.policy, agreement: then } });
  return explain(when, lookup).truth !== true;
}

function isJudgedAnew(view: PersonView, { policy }: PlanContext): boolean {
  const { stages } = view.facts;
  return stages.length > 0 && judgedUnder(view) !== policy.agreement.version;
}

/** Of a person whom an older Tasuki judged only the stage tells by what. */
function judgedUnder({ facts }: PersonView): string | undefined {
  return facts.judgedUnder ?? facts.stages.at(-1)?.agreementVersion;
}

/** A field of a person or company; what they did, and their deals, are read from the first day on. */
const FIELD = /^(hubspot|salesforce|person|company)\./u;

/**
 * The version that this person has been judged by after this look at them: the one in force, unless a stage that hands somebody over asks
 * for a field that has not been read yet. Then the next look is the first.
 */
export function judgedNow(
  judged: readonly StageJudged[],
  unknownScores: readonly string[],
  view: PersonView,
  { policy }: PlanContext,
): string | undefined {
  const { version, stages } = policy.agreement;
  const receives = (stage: Stage) => stages.some((rule) => rule.stage === stage && rule.handOff !== undefined);
  const waits = judged.some(
    ({ stage, explained }) =>
      explained.truth === 'unknown' &&
      receives(stage) &&
      unknownIn(explained)
        .flatMap((subject) => (subject.startsWith('score.') ? unknownScores : subject))
        .some((subject) => FIELD.test(subject)),
  );
  return waits ? judgedUnder(view) : version;
}

import type { Agreement, Bant, BantField, Registration } from '../../domain/agreement/agreement.ts';
import { isStage } from '../../domain/agreement/stage-order.ts';
import type { Review, StageReasons, Target } from '../../domain/agreement/terms.ts';
import type { AgreementFile } from '../grammar/agreement-grammar.ts';
import type { WrittenBant, WrittenRegistration, WrittenReview, WrittenTargets } from '../grammar/terms-grammar.ts';
import { toDuration } from './to-duration.ts';

/** What the agreement says beside its rules; whatever is not written is not there, so that an older file goes on meaning what it meant. */
export function toTerms({
  bant,
  registration,
  review,
  targets,
  ...file
}: AgreementFile): Pick<Agreement, 'bant' | 'registration' | 'reasons' | 'review' | 'targets'> {
  const reasons = toReasons(file);
  return {
    ...(bant === undefined ? {} : { bant: toBant(bant) }),
    ...(registration === undefined ? {} : { registration: toRegistration(registration) }),
    ...(reasons === undefined ? {} : { reasons }),
    ...(review === undefined ? {} : { review: toReview(review) }),
    ...(targets === undefined ? {} : { targets: toTargets(targets) }),
  };
}

function toBant({ budget, authority, need, timeline }: WrittenBant): Bant {
  return {
    budget: toBantField(budget),
    authority: toBantField(authority),
    need: toBantField(need),
    timeline: toBantField(timeline),
  };
}

function toBantField({ hubspot, salesforce, confirmed }: WrittenBant['budget']): BantField {
  return {
    ...(hubspot === undefined ? {} : { hubspot }),
    ...(salesforce === undefined ? {} : { salesforce }),
    ...(confirmed === undefined ? {} : { confirmed }),
  };
}

function toRegistration({ 'status-updates': updates, ...stages }: WrittenRegistration): Registration {
  const required = Object.entries(stages).flatMap(([stage, rule]) =>
    isStage(stage) && rule !== undefined ? [[stage, rule.required] as const] : [],
  );
  return {
    required: Object.fromEntries(required),
    ...(updates === undefined ? {} : { statusUpdates: toDuration(updates.within) }),
  };
}

function toReasons({ answers, stages }: Pick<AgreementFile, 'answers' | 'stages'>): StageReasons | undefined {
  const { recycled, disqualified } = stages;
  const rejected = answers?.['reject-reasons'];
  const reasons = {
    ...(rejected === undefined ? {} : { rejected }),
    ...(recycled === undefined ? {} : { recycled: recycled.reasons }),
    ...(disqualified === undefined ? {} : { disqualified: disqualified.reasons }),
  };
  return Object.keys(reasons).length === 0 ? undefined : reasons;
}

function toReview({ every, next, 'tasks-for': tasksFor }: WrittenReview): Review {
  return { every, next, tasksFor };
}

function toTargets(written: WrittenTargets): readonly Target[] {
  return Object.entries(written).flatMap(([name, share]) =>
    share === undefined ? [] : [{ name: name as Target['name'], percent: Number(share.slice(0, -1)) }],
  );
}

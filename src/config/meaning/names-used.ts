import { SIGNING_ROLES } from '../../domain/agreement/signatures.ts';
import { didYouMean } from '../../domain/texts/closest.ts';
import type { InBoth } from '../../domain/texts/words.ts';
import type { Path } from '../files/yaml-file.ts';
import type { AgreementFile } from '../grammar/agreement-grammar.ts';
import type { WrittenCondition } from '../grammar/condition-grammar.ts';
import type { Context } from './agreement-context.ts';
import { leavesOf } from './leaves-of.ts';

/** The agreement's own names, and those that it borrows from the other files: whatever is used must be there. */
export function complainOfNames(file: AgreementFile, context: Context): void {
  const actions = Object.keys(file.actions ?? {});
  for (const { written, path } of conditionsIn(file))
    for (const { asks, path: at } of leavesOf(written, path)) {
      if (asks.action !== undefined) complainOfAction(asks.action, [...at, 'action'], actions, context);
      if (asks.field !== undefined) complainOfField(asks.field, [...at, 'field'], context);
      if (asks.bant !== undefined && file.bant === undefined)
        context.complaints.about(
          [...at, 'bant'],
          'The agreement does not say in which fields BANT stands. Add "bant: { budget: { salesforce: … }, authority: …, need: …, timeline: … }".',
        );
    }
  const { behaviour } = file.score;
  if (Array.isArray(behaviour))
    behaviour.forEach(({ action }, nth) =>
      complainOfAction(action, ['score', 'behaviour', nth, 'action'], actions, context),
    );
  for (const [stage, rule] of Object.entries(file.registration ?? {}))
    if (rule !== undefined && 'required' in rule)
      rule.required.forEach((field, nth) => complainOfField(field, ['registration', stage, 'required', nth], context));
  const nobody = SIGNING_ROLES.filter((role) => !(role in (file.roles ?? {})));
  if (nobody.length > 0)
    context.complaints.ask(file.roles === undefined ? ['version'] : ['roles'], cannotBeSigned(nobody));
  file.review?.['tasks-for'].forEach((role, nth) =>
    complainOfRole(role, ['review', 'tasks-for', nth], Object.keys(file.roles ?? {}), context),
  );
}

/** An agreement that nobody can sign binds nobody. */
function cannotBeSigned(roles: readonly string[]): InBoth {
  const named = roles.join(', ');
  return {
    ja: `roles: に ${named} がないため、この合意には署名できず、有効になりません。責任者のメールアドレスを書いてください。`,
    en: `roles: names no ${named}, so that this agreement cannot be signed and will not come into force. Add the e-mail address.`,
  };
}

/** Every condition of the file, with its place. */
function conditionsIn({ score, stages }: AgreementFile): readonly {
  readonly written: WrittenCondition;
  readonly path: Path;
}[] {
  const { 'shown-as': _, 'manual-edits': _e, recycled: _r, disqualified: _d, ...rules } = stages;
  return [
    ...(score.attribute ?? []).map((written, nth) => ({ written, path: ['score', 'attribute', nth] })),
    ...Object.entries(rules).flatMap(([stage, rule]) =>
      rule?.when === undefined ? [] : [{ written: rule.when, path: ['stages', stage, 'when'] }],
    ),
  ];
}

function complainOfAction(name: string, path: Path, actions: readonly string[], { complaints }: Context): void {
  if (actions.includes(name)) return;
  complaints.about(
    path,
    `"${name}" is no action of this agreement.${didYouMean(name, actions)} Actions: ${actions.join(', ') || 'none; name it under "actions:"'}.`,
  );
}

/** A person's or company's field goes by its name in contact.yaml or company.yaml: what stands there is read, and nothing else is. */
function complainOfField(field: string, path: Path, { personFields, companyFields, complaints }: Context): void {
  const [of, ...rest] = field.split('.');
  const file = of === 'person' ? 'contact.yaml' : 'company.yaml';
  const known = of === 'person' ? personFields : of === 'company' ? companyFields : null;
  const name = rest.join('.');
  if (known === null || known.includes(name)) return;
  complaints.about(
    path,
    `${file} maps no field \`${name}\`.${didYouMean(name, known)} Fields: ${known.join(', ') || 'none'}.`,
  );
}

function complainOfRole(role: string, path: Path, roles: readonly string[], { complaints }: Context): void {
  if (roles.includes(role)) return;
  complaints.about(
    path,
    `"${role}" is no role of this agreement.${didYouMean(role, roles)} Roles: ${roles.join(', ') || 'none'}.`,
  );
}

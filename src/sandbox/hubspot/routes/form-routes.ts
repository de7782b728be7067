import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FORM_TYPES, type FormType } from '../forms/form.ts';
import { nextToken, placeAfter } from '../forms/page-token.ts';
import { presentForm, presentSubmission } from '../forms/present-form.ts';
import type { HubSpotPortal } from '../portal.ts';
import { invalid } from '../refusal.ts';
import { pathPart, queryFlag, queryLimit, queryList } from '../requests.ts';
import { granted } from './marketing-scopes.ts';

/** The list has a dated path in beta only, and what the forms received has none at all. */
const DEFINITIONS = ['/marketing/v3/forms', '/marketing/forms/2026-09-beta'];
const SUBMISSIONS = '/form-integrations/v1/submissions/forms/:guid';

/** The forms of the account and what people wrote into them. */
export function formRoutes(app: FastifyInstance, portal: HubSpotPortal): void {
  const readForms = granted(portal, 'forms');

  for (const path of DEFINITIONS) {
    app.get(path, readForms, (request) => {
      const limit = queryLimit(request, { usual: 20, most: 100 });
      const start = Number(placeAfter(request, /^\d+$/) ?? 0);
      const all = portal.forms.list(readTypes(request), queryFlag(request, 'archived'));
      const results = all.slice(start, start + limit).map(presentForm);
      const end = start + limit;
      return end < all.length ? { results, paging: { next: nextToken(request, String(end)) } } : { results };
    });

    app.get(`${path}/:guid`, readForms, (request) => presentForm(portal.forms.find(pathPart(request, 'guid'))));
  }

  app.get(SUBMISSIONS, readForms, (request) => {
    const limit = queryLimit(request, { usual: 20, most: 50 });
    const after = placeAfter(request, /^\d+-\d+$/);
    const { page, next } = portal.forms.submissions(pathPart(request, 'guid'), limit, after);
    const results = page.map(presentSubmission);
    return next === undefined ? { results } : { results, paging: { next: nextToken(request, next) } };
  });
}

/** Who does not ask for more sees only the forms that were made in HubSpot, not the captured ones and the pop-ups. */
function readTypes(request: FastifyRequest): readonly FormType[] {
  const given = queryList(request, 'formTypes') ?? ['hubspot'];
  if (given.includes('all')) return FORM_TYPES;
  const types = FORM_TYPES.filter((type) => given.includes(type));
  if (types.length < new Set(given).size) throw invalid(`Invalid formTypes: ${given.join(', ')}`);
  return types;
}

import { describe, expect, test } from 'vitest';
import { type Edit, edited, faultsOf, type Replacement } from './written.ts';

const BEHAVIOUR = 'behaviour: { hubspot: leadscore }';
const WHEN = 'when: { score: total, at-least: 80 }';
const ACTIONS = `actions:
  download: { hubspot-form: [ホワイトペーパー, 導入事例集] }
  seminar: { hubspot-marketing-event: attended, named: 新製品セミナー }
  pricing-view: { hubspot-page: /pricing }
  booth: [{ salesforce-campaign: responded, named: [秋の展示会] }, { hubspot-form: 展示会アンケート }]
roles:`;
const BANT = `bant:
  budget: { salesforce: BANT_Budget__c, confirmed: [確認済み] }
  authority: { hubspot: bant_authority, salesforce: BANT_Authority__c }
  need: { salesforce: BANT_Need__c }
  timeline: { hubspot: bant_timeline }
roles:`;
const DOWNLOADS = `behaviour:
    - { action: download, points: 15, at-most: 45, within: 90 days, halves-every: 30 days }`;

const withActions: Replacement = ['agreement.yaml', 'roles:', ACTIONS];
const when = (text: string): Replacement => ['agreement.yaml', WHEN, `when: ${text}`];

describe('what the agreement says of what people do', () => {
  test('actions are named, by one way of doing it or by several', () => {
    expect(edited(withActions).policy.agreement.actions).toEqual([
      { name: 'download', from: [{ form: ['ホワイトペーパー', '導入事例集'] }] },
      { name: 'seminar', from: [{ event: 'attended', named: ['新製品セミナー'] }] },
      { name: 'pricing-view', from: [{ page: ['/pricing'] }] },
      { name: 'booth', from: [{ campaign: 'responded', named: ['秋の展示会'] }, { form: ['展示会アンケート'] }] },
    ]);
  });

  test('points are given for actions, with a cap, a period and a half-life', () => {
    const { behaviour } = edited(
      withActions,
      ['agreement.yaml', BEHAVIOUR, DOWNLOADS],
      when('{ score: total, at-least: 40 }'),
    ).policy.agreement.score;
    const rule = { action: 'download', points: 15, atMost: 45 };
    const times = { within: { amount: 90, unit: 'days' }, halvesEvery: { amount: 30, unit: 'days' } };
    expect(behaviour).toEqual([{ ...rule, ...times }]);
  });

  test('criteria count actions and BANT', () => {
    const { stages, bant } = edited(
      ['agreement.yaml', 'roles:', `${ACTIONS.replace(/roles:$/u, '')}${BANT}`],
      when('{ all: [{ action: download, at-least: 3, within: 90 days }, { bant: confirmed, at-least: 2 }] }'),
    ).policy.agreement;
    expect(stages[0]?.when).toEqual({
      all: [
        { action: 'download', within: { amount: 90, unit: 'days' }, test: { atLeast: 3 } },
        { bant: 'confirmed', test: { atLeast: 2 } },
      ],
    });
    expect(bant).toEqual({
      budget: { salesforce: 'BANT_Budget__c', confirmed: ['確認済み'] },
      authority: { hubspot: 'bant_authority', salesforce: 'BANT_Authority__c' },
      need: { salesforce: 'BANT_Need__c' },
      timeline: { hubspot: 'bant_timeline' },
    });
  });

  test('a field goes by the name that its line gives it, or by HubSpot’s', () => {
    const named: Edit = ['contact.yaml', '{ hubspot: jobtitle,', '{ hubspot: jobtitle, name: title,'];
    const asked = when('{ any: [{ field: person.title, contains: 部長 }, { field: person.phone, blank: false }] }');
    const { agreement, person } = edited(named, asked).policy;
    expect(person.fields.find(({ alias }) => alias === 'title')?.name).toBe('jobtitle');
    expect(agreement.stages[0]?.when).toMatchObject({ any: [{ field: 'person.title' }, { field: 'person.phone' }] });
  });

  test('a file that says nothing of all this means what it meant', () => {
    const { agreement } = edited().policy;
    expect(Object.keys(agreement)).not.toEqual(expect.arrayContaining(['actions', 'bant', 'registration', 'reasons']));
  });
});

describe('what is wrong with it is told with its place and its remedy', () => {
  test.each<[string, readonly Edit[], string]>([
    [
      'an action that nobody named, in a criterion',
      [withActions, when('{ action: donwload, at-least: 3 }')],
      '"donwload" is no action of this agreement. Did you mean `download`? Actions: download, seminar, pricing-view, booth.',
    ],
    [
      'an action that nobody named, in a score',
      [withActions, ['agreement.yaml', BEHAVIOUR, DOWNLOADS.replace('download,', 'downloads,')]],
      '"downloads" is no action of this agreement. Did you mean `download`?',
    ],
    [
      'actions where there are none',
      [when('{ action: download, at-least: 3 }')],
      'Actions: none; name it under "actions:".',
    ],
    [
      'two things in one action',
      [['agreement.yaml', 'roles:', 'actions: { a: { hubspot-form: x, hubspot-page: /x } }\nroles:']],
      'An action is one thing: hubspot-form, hubspot-marketing-event, hubspot-page, salesforce-campaign. Here: hubspot-form and hubspot-page. Where several count, write a list',
    ],
    [
      'a name where none belongs',
      [['agreement.yaml', 'roles:', 'actions: { a: { hubspot-page: /x, named: y } }\nroles:']],
      'A hubspot-page is named where it stands. Remove "named".',
    ],
    [
      'a slip inside an action',
      [['agreement.yaml', 'roles:', 'actions: { a: { hubspot-marketing-event: atended } }\nroles:']],
      '"hubspot-marketing-event" must be one of attended, registered. Did you mean `attended`?',
    ],
    [
      'a slip inside a list of ways',
      [['agreement.yaml', 'roles:', 'actions: { a: [{ hubspot-fom: x }] }\nroles:']],
      '"hubspot-fom" is not known here. Did you mean `hubspot-form`?',
    ],
    [
      'a slip inside a rule of points',
      [withActions, ['agreement.yaml', BEHAVIOUR, DOWNLOADS.replace('at-most: 45', 'atmost: 45')]],
      '"atmost" is not known here. Did you mean `at-most`?',
    ],
    [
      'a score that is neither',
      [['agreement.yaml', BEHAVIOUR, 'behaviour: leadscore']],
      '"behaviour" must be HubSpot\'s own score ({ hubspot: leadscore }), or a list of rules',
    ],
    [
      'a period in business time',
      [withActions, when('{ action: download, at-least: 3, within: 3 business days }')],
      '"within" must be a period that is looked back over: 90 days, 24 hours.',
    ],
    [
      'a period of a score',
      [when('{ score: total, at-least: 80, within: 90 days }')],
      'A period ("within") belongs to "action", not to "score".',
    ],
    [
      'an action compared with a word',
      [withActions, when('{ action: download, is: 3 }')],
      'An action is compared with at-least or at-most.',
    ],
    [
      'an action that is not counted',
      [withActions, when('{ action: download }')],
      'A condition on "action" has one test: at-least, at-most. Here: none.',
    ],
    [
      'attribute points for what somebody did',
      [
        withActions,
        [
          'agreement.yaml',
          '    - { field: hubspot.industry',
          '    - { action: download, at-least: 1, points: 1 }\n    - { field: hubspot.industry',
        ],
      ],
      'Points for what a person did stand under "behaviour"',
    ],
    [
      'BANT that stands nowhere',
      [when('{ bant: confirmed, at-least: 2 }')],
      'The agreement does not say in which fields BANT stands.',
    ],
    [
      'a BANT item without a field',
      [['agreement.yaml', 'roles:', BANT.replace('{ hubspot: bant_timeline }', '{ confirmed: [済] }')]],
      'A BANT item names the field that tells it: hubspot, salesforce, or both.',
    ],
    [
      'three BANT items',
      [['agreement.yaml', 'roles:', BANT.replace(/ {2}timeline: .*\n/u, '')]],
      '"timeline" is missing.',
    ],
    [
      'a field of a person that is not mapped',
      [when('{ field: person.jobtitel, contains: 部長 }')],
      'contact.yaml maps no field `jobtitel`. Did you mean `jobtitle`?',
    ],
    [
      'a name that is another line’s',
      [['contact.yaml', '{ hubspot: jobtitle,', '{ hubspot: jobtitle, name: phone,']],
      '`phone` already names the line at mappings/contact.yaml:41.',
    ],
    [
      'a name with a space',
      [['contact.yaml', '{ hubspot: jobtitle,', '{ hubspot: jobtitle, name: job title,']],
      '"name" must be letters, digits, - and _: employees, decision-maker-access.',
    ],
    [
      'a scope that goes by an action',
      [withActions, ['contact.yaml', '  fields:', '  scope: { action: download, at-least: 1 }\n  fields:']],
      'A scope asks about fields of the person',
    ],
  ])('%s', (_, edits, message) => {
    const faults = faultsOf(...edits);
    expect(faults.join('\n')).toContain(message);
    for (const fault of faults) expect(fault).toMatch(/^mappings\/\w+\.yaml:\d+:\d+: /u);
  });
});

import { type Deed, type Hands, HUMAN, liveRecords, liveRows, type Row, rowsIn, times } from './hands.ts';

/** The last one stands in no map: such a deal waits where it is. */
export const DEAL_STAGES = [
  'appointmentscheduled',
  'presentationscheduled',
  'decisionmakerboughtin',
  'contractsent',
  'closedwon',
  'closedlost',
  'qualifiedtobuy',
];
export const OPPORTUNITY_STAGES = ['初回訪問', '提案', '見積提示', '交渉', '受注', '失注'];

/** What people do with companies and deals in both systems, one function per deed. A deed that finds nothing to do does nothing. */
export function saleDeeds({ world, random, said, typed }: Hands): readonly Deed[] {
  const { portal, org } = world;
  const by = () => ({ by: org.administratorId });
  let serial = 0;
  const inHubSpot = (object: string) => liveRecords(world, object);
  const live = (object: string) => liveRows(world, object);
  const some = <T>(all: readonly T[]): T | undefined => (all.length === 0 ? undefined : random().pick(all));
  const idOf = (row: Row | undefined) => (row === undefined ? undefined : String(row['Id']));
  const amount = () => String((1 + random().int(90)) * 10_000);
  const day = () => `2026-12-${String(1 + random().int(28)).padStart(2, '0')}`;
  const rep = () => String(random().pick(live('User').filter((user) => user['IsActive'] === true))['Id']);

  function typeInHubSpot(object: string, id: string | undefined, field: string, value: string): void {
    if (id === undefined) return;
    portal.touch(object, id, { [field]: value }, HUMAN);
    typed('hubspot', object, id, field, value);
  }

  function typeInSalesforce(object: string, id: string | undefined, field: string, value: string): void {
    if (id === undefined) return;
    org.touch(object, id, { [field]: field === 'Amount' ? Number(value) : value }, by());
    typed('salesforce', object, id, field, value);
  }

  function openDeal(): void {
    const people = [
      ...new Set(Array.from({ length: 1 + random().int(2) }, () => random().pick(inHubSpot('contacts')))),
    ];
    const properties = {
      dealname: `嵐の取引${(serial += 1)}`,
      pipeline: 'default',
      dealstage: random().pick(DEAL_STAGES),
      ...(random().chance(0.7) ? { amount: amount() } : {}),
      ...(random().chance(0.7) ? { closedate: day() } : {}),
    };
    const id = portal.seed('deals', properties, portal.clock.now());
    for (const contact of people) portal.associate({ object: 'deals', id }, { object: 'contacts', id: contact.id });
    said(
      `new deal ${id} at ${properties.dealstage} with ${people.map((contact) => contact.id).join(', ') || 'nobody'}`,
    );
  }

  function openOpportunity(): void {
    const contact = some(live('Contact').filter((row) => row['AccountId'] !== null));
    if (contact === undefined) return;
    const fields = {
      Name: `嵐の商談${(serial += 1)}`,
      StageName: random().pick(OPPORTUNITY_STAGES),
      CloseDate: day(),
      AccountId: contact['AccountId'],
      OwnerId: rep(),
      ...(random().chance(0.7) ? { Amount: Number(amount()) } : {}),
    };
    const id = org.seed('Opportunity', fields, { at: org.state.clock(), by: org.administratorId });
    said(`new Opportunity ${id} at ${fields.StageName}`);
    if (random().chance(0.8)) addRole(id, String(contact['Id']));
  }

  function addRole(opportunity = idOf(some(live('Opportunity'))), contact = idOf(some(live('Contact')))): void {
    if (opportunity === undefined || contact === undefined) return;
    const id = org.seed(
      'OpportunityContactRole',
      { OpportunityId: opportunity, ContactId: contact },
      { at: org.state.clock() },
    );
    said(`role ${id}: Contact ${contact} on Opportunity ${opportunity}`);
  }

  function removeIn(object: string): () => void {
    return () => {
      const id = idOf(some(live(object)));
      if (id === undefined) return;
      org.remove(object, id, by());
      said(`${object} ${id} deleted`);
    };
  }

  function undelete(object: string): () => void {
    return () => {
      const id = idOf(some(rowsIn(world, object).filter((row) => row['IsDeleted'] === true)));
      if (id === undefined) return;
      org.undelete(object, id, by());
      said(`${object} ${id} restored`);
    };
  }

  function archive(object: string): () => void {
    return () => {
      const record = some(inHubSpot(object));
      if (record === undefined) return;
      portal.archive(object, record.id);
      said(`${object} ${record.id} archived`);
    };
  }

  function associate(): void {
    const [deal, contact] = [some(inHubSpot('deals')), some(inHubSpot('contacts'))];
    if (deal === undefined || contact === undefined) return;
    portal.associate({ object: 'deals', id: deal.id }, { object: 'contacts', id: contact.id });
    said(`deal ${deal.id}: contact ${contact.id} added`);
  }

  function dissociate(): void {
    const tie = some(
      portal.associations().filter(({ from, to }) => from.object === 'deals' && to.object === 'contacts'),
    );
    if (tie === undefined) return;
    portal.dissociate(tie.from, tie.to);
    said(`deal ${tie.from.id}: contact ${tie.to.id} taken off`);
  }

  function newCompany(): void {
    const account = some(live('Account'));
    const name =
      random().chance(0.5) && account !== undefined ? String(account['Name']) : `株式会社嵐商会${(serial += 1)}`;
    const id = portal.seed('companies', { name }, portal.clock.now());
    const contact = some(inHubSpot('contacts'));
    if (contact !== undefined) portal.associate({ object: 'contacts', id: contact.id }, { object: 'companies', id });
    said(`new company ${id}: ${name}`);
  }

  function mergeInHubSpot(object: string): () => void {
    return () => {
      const [one, other] = [some(inHubSpot(object)), some(inHubSpot(object))];
      if (one === undefined || other === undefined || one.id === other.id) return;
      said(`${object} ${other.id} merged into ${one.id}: now ${portal.merge(object, one.id, other.id)}`);
    };
  }

  function mergeInSalesforce(object: string): () => void {
    return () => {
      const [winner, loser] = [idOf(some(live(object))), idOf(some(live(object)))];
      if (winner === undefined || loser === undefined || winner === loser) return;
      org.merge(object, { winner, loser }, by());
      said(`${object} ${loser} merged into ${winner}`);
    };
  }

  function convert(): void {
    const lead = idOf(some(live('Lead')));
    if (lead === undefined) return;
    const contact = random().chance(0.3) ? some(live('Contact').filter((row) => row['AccountId'] !== null)) : undefined;
    const into =
      contact === undefined ? {} : { contactId: String(contact['Id']), accountId: String(contact['AccountId']) };
    const opportunity = random().chance(0.5) ? {} : { opportunity: null };
    const made = org.convertLead(lead, { ...into, ...opportunity, ...by() });
    said(`Lead ${lead} converted: Contact ${made.contactId}, Opportunity ${made.opportunityId ?? 'none'}`);
  }

  const deal = () => some(inHubSpot('deals'))?.id;
  const opportunity = () => idOf(some(live('Opportunity')));
  return [
    ...times(3, openDeal),
    ...times(3, openOpportunity),
    ...times(3, () => typeInHubSpot('deals', deal(), 'dealstage', random().pick(DEAL_STAGES))),
    ...times(3, () => typeInSalesforce('Opportunity', opportunity(), 'StageName', random().pick(OPPORTUNITY_STAGES))),
    ...times(2, () => typeInHubSpot('deals', deal(), 'amount', amount())),
    ...times(2, () => typeInSalesforce('Opportunity', opportunity(), 'Amount', amount())),
    () => typeInHubSpot('deals', deal(), 'closedate', day()),
    () => typeInSalesforce('Opportunity', opportunity(), 'CloseDate', day()),
    () => typeInHubSpot('companies', some(inHubSpot('companies'))?.id, 'name', `嵐改名${(serial += 1)}`),
    () => typeInSalesforce('Account', idOf(some(live('Account'))), 'Name', `嵐改名${(serial += 1)}`),
    ...times(3, convert),
    ...times(2, () => addRole()),
    removeIn('OpportunityContactRole'),
    ...times(2, associate),
    dissociate,
    newCompany,
    mergeInHubSpot('contacts'),
    mergeInHubSpot('deals'),
    mergeInHubSpot('companies'),
    mergeInSalesforce('Lead'),
    mergeInSalesforce('Contact'),
    archive('deals'),
    archive('companies'),
    removeIn('Opportunity'),
    undelete('Opportunity'),
    removeIn('Contact'),
    undelete('Contact'),
  ];
}

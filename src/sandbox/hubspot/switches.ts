/** Behaviour that sources disagree about, or that a test wants to set. Mutable, and reachable over the control API. */
export type Switches = {
  /** How far HubSpot's own clock is ahead of the world's, behind where negative: stamps and the `Date` of answers alike. */
  clockAheadMs: number;
  /** How long a written record stays hidden from search, in virtual time. */
  searchLag: { minMs: number; maxMs: number };
  /** Records may appear in search in another order than they were written. */
  searchOutOfOrder: boolean;
  /** Does a PATCH that changes nothing move the modified date? */
  noOpBumps: boolean;
  /**
   * When this virtual instant (epoch ms) has come, one of HubSpot's own jobs gives every live record it as modified date,
   * once. That is how a month's end makes more than 10,000 records with one timestamp.
   */
  stampAt: number | null;
  /** What a write of an earlier lifecycle stage gets: 200 and unchanged, 400, or its will. */
  lifecycleBackward: 'ignore' | 'reject' | 'accept';
  /** The stage of contacts that the API creates without one; `null` leaves it empty. */
  lifecycleDefault: string | null;
  /** An e-mail held elsewhere, on update. Both answers were seen. */
  emailConflictOnUpdate: '409' | '400';
  /** Some accounts report e-mails in lower case whatever was sent. */
  emailsLowercased: boolean;
  /** Does a bad input of an upsert by unique property spoil its batch, even with trace ids? By e-mail it always does. */
  upsertErrors: 'whole-batch' | 'per-input';
  /** A merge makes a third record id and absorbs both. */
  mergeMakesNewId: boolean;
  /** What a read by an absorbed id finds. */
  mergedIdReads: 'survivor' | 'missing';
  /** Does an association that comes or goes move the modified date of both records? */
  associationsBump: boolean;
  /** Is the first company of a contact or a deal its main one, though nobody said so? */
  firstCompanyIsPrimary: boolean;
  /** A deal makes its contacts and companies an opportunity, a won one makes them customers. */
  dealsPromoteLifecycle: boolean;
  /** A company takes the contacts whose main company it is along in its lifecycle stage, when that moves or they join it. */
  companiesPromoteLifecycle: boolean;
  /** Properties that the account's admin requires on create; only the 2026-09 family enforces them. */
  requiredOnCreate: readonly string[];
  /** Scopes that the token was not granted. */
  missingScopes: readonly string[];
  tenSecondlyLimit: number;
  searchPerSecondLimit: number;
  associationTenSecondlyLimit: number;
  dailyLimit: number;
  associationDailyLimit: number;
  refusedCallsCountDaily: boolean;
};

export const DEFAULT_SWITCHES: Switches = {
  clockAheadMs: 0,
  searchLag: { minMs: 1_000, maxMs: 30_000 },
  searchOutOfOrder: true,
  noOpBumps: false,
  stampAt: null,
  lifecycleBackward: 'ignore',
  lifecycleDefault: 'lead',
  emailConflictOnUpdate: '409',
  emailsLowercased: false,
  upsertErrors: 'whole-batch',
  mergeMakesNewId: true,
  mergedIdReads: 'survivor',
  associationsBump: false,
  firstCompanyIsPrimary: false,
  dealsPromoteLifecycle: false,
  companiesPromoteLifecycle: false,
  requiredOnCreate: [],
  missingScopes: [],
  tenSecondlyLimit: 190,
  searchPerSecondLimit: 5,
  associationTenSecondlyLimit: 150,
  dailyLimit: 650_000,
  associationDailyLimit: 500_000,
  refusedCallsCountDaily: true,
};

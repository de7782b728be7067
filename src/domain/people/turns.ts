/** A turn that is taken: how far a count has come once it is. */
export type Turn = { readonly of: string; readonly next: number };

/** Rounds are read for every hand-off, and stay as long as the list does. */
const ROUNDS = new WeakMap<readonly string[], { readonly weights: Weights; readonly round: readonly string[] }>();

/** How many turns somebody has in a round; whoever is not named has one. */
export type Weights = Readonly<Record<string, number>>;

const ALIKE: Weights = {};

/**
 * The order of one round of turns: each as often as they weigh, spread as evenly as can be. After any number of turns nobody is a whole turn
 * ahead of or behind their share, and after a whole round everybody has exactly theirs. With equal weights it is the list itself.
 *
 *     roundOf(['mori', 'kato'], { mori: 2 })  // => ['mori', 'kato', 'mori']
 */
export function roundOf(members: readonly string[], weights: Weights = ALIKE): readonly string[] {
  const known = ROUNDS.get(members);
  if (known?.weights === weights) return known.round;
  const round = spread(members, weights);
  ROUNDS.set(members, { weights, round });
  return round;
}

type Share = { readonly member: string; readonly weight: number; had: number };

/** Earliest deadline first: the nth turn of a member is open from its share of the round on, and due by the next. */
function spread(members: readonly string[], weights: Weights): readonly string[] {
  const weighing = (member: string) => weights[member] ?? 1;
  const common = members.map(weighing).reduce(divisor, 0);
  const shares = members.map((member): Share => ({ member, weight: weighing(member) / common, had: 0 }));
  const length = shares.reduce((sum, { weight }) => sum + weight, 0);
  return Array.from({ length }, (_, at) => {
    const open = shares.filter(({ weight, had }) => had < weight && Math.floor((had * length) / weight) <= at);
    const dueOf = ({ weight, had }: Share) => Math.ceil(((had + 1) * length) / weight);
    // Of two that are due at once, whoever has had the smaller part of theirs.
    const isSooner = (one: Share, other: Share) =>
      dueOf(one) - dueOf(other) || one.had / one.weight - other.had / other.weight;
    const next = open.reduce((best, one) => (isSooner(one, best) < 0 ? one : best));
    next.had += 1;
    return next.member;
  });
}

function divisor(one: number, other: number): number {
  return other === 0 ? one : divisor(other, one % other);
}

const DAY_KEY = /^\d{4}-\d\d-\d\d /u;

/** Under this name it is counted what somebody of a team has received on a day. */
export function dayCount(day: string, team: string, member: string): string {
  return `${day} ${team} ${member}`;
}

/** The counts without those of days before this one. */
export function withoutPastDays(counts: Readonly<Record<string, number>>, today: string): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([key]) => !DAY_KEY.test(key) || key.slice(0, 10) >= today));
}

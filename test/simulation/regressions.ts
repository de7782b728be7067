/** Seeds that once broke an oracle, and what they had found. They are played in every CI run, on the ledger in memory. */
export const REGRESSIONS: readonly { readonly seed: number; readonly found: string }[] = [
  { seed: 8, found: 'a deadline was called lapsed while the Contact that ended it had not been read' },
  {
    seed: 21,
    found:
      'a Lead merged away and restored: its contact is a duplicate, and that has been said (the oracle learned it)',
  },
  { seed: 116, found: 'our key is spent on a converted Lead, and was tried on the next one every day' },
  { seed: 120, found: 'a deal whose making got no answer was made again after somebody had deleted it' },
  { seed: 54, found: 'what a lagging index showed between two writes of ours was taken for an edit' },
  { seed: 60, found: 'Salesforce was silent for days, and who had left meanwhile (the oracle learned it)' },
  { seed: 80, found: 'what a lagging index showed of a contact that we had just written was taken for an edit' },
  { seed: 1084, found: 'a record that came back was measured by what had been agreed with another one' },
  {
    seed: 1357,
    found: 'an edit of this morning was run over, since its record was edited again while it was being read',
  },
  { seed: 1626, found: 'a deal whose making got no answer was made anew over what somebody had typed in it since' },
  { seed: 1647, found: 'a promise that came along when two people became one was looked at no more' },
  { seed: 1693, found: 'a Task that came back from the bin with its Contact stayed open for good' },
  { seed: 2073, found: 'a role that somebody took off before anybody had looked was waited for in silence' },
  { seed: 5016, found: 'a replica was killed in what its lane had left running, and answered nothing any more' },
  { seed: 5027, found: 'a Lead was made twice: the first was deleted before anybody had missed the answer' },
  { seed: 5362, found: 'a Lead was made twice: the first was merged away before anybody had missed the answer' },
  {
    seed: 20142,
    found: 'a Lead was converted in time, its Contact deleted before anybody looked, and the promise called broken',
  },
  { seed: 30049, found: 'a stage was not shown: it waited for a write that came to nothing, and nobody was woken' },
  { seed: 32062, found: 'what was typed gave way to a write of ours whose answer was still awaited' },
  { seed: 33039, found: 'a merged record that a lagging index showed alive was fetched back without end' },
  { seed: 40001, found: 'a tie that was not written was remembered as made, and its absence was nobody’s business' },
  { seed: 40140, found: 'nobody else was asked for who was needed no more (the oracle learned it)' },
  { seed: 48611337, found: 'the journal did not name the Lead that a creation without an answer had made' },
  { seed: 61029, found: 'whose promise lapsed before a conversion made two people one (the oracle learned it)' },
  { seed: 61934, found: 'who does not answer cannot have said how small its day is (the oracle learned it)' },
  { seed: 62227, found: 'a Contact came back from the bin into a seat whose Lead had just been converted' },
  { seed: 62595, found: 'a Task that somebody had deleted was to be closed again and again, a hundred times a minute' },
  { seed: 62633, found: 'what followed from an undone deal was derived anew (the oracle learned it)' },
  { seed: 62949, found: 'a Lead was made beside the one that had taken its seat while its answer was lost' },
  { seed: 63215, found: 'a write that fell silent was news to the plan (the oracle learned it)' },
  { seed: 64139, found: 'a Task was deleted, and gone from the recycle bin, too (the oracle learned it)' },
  { seed: 64457, found: 'a creation lost its answer before its deal became another (the oracle learned it)' },
  { seed: 67341420, found: '`plan`, typed again and again, called a CRM whose day was spent' },
  {
    seed: 67341454,
    found: 'what a lagging index showed was taken for an edit, since somebody had edited that record, too',
  },
  { seed: 90000467, found: 'half of a write was in, and the rest waited for ever: nobody was woken to plan it anew' },
  { seed: 90000520, found: 'a replica planned before the run had woken who was due (the oracle learned it)' },
  { seed: 90001163, found: 'a key was emptied before the lost answer was missed (the oracle learned it)' },
  {
    seed: 90001248,
    found: 'a promise followed one that came along when two became one, and its Task was made without end',
  },
  {
    seed: 91000707,
    found: 'a Task of ours stood on another person’s record, and what became of it was nobody’s business',
  },
  {
    seed: 91001062,
    found: 'a Lead was converted in time, its Contact merged before anybody looked, and the promise called broken',
  },
  {
    seed: 92000241,
    found: 'what had been agreed with one Contact was held against another whose Lead had never sat there',
  },
  {
    seed: 700017,
    found: 'business hours that end some seconds after closing go on the next morning (the oracle learned it)',
  },
  {
    seed: 700036,
    found:
      'an agreement that escalates nothing had come, and nobody read any more whom a promise of the one before had climbed to',
  },
  {
    seed: 710258,
    found:
      'a Task was being made in HubSpot when the contact came to somebody with a licence, and got a second one in Salesforce',
  },
  {
    seed: 710640,
    found:
      'what an undo had emptied was filled with another value, which a merge had brought meanwhile (the oracle learned it)',
  },
  {
    seed: 710750,
    found:
      'a Task was planned by a worker whose clock was off, just before somebody was said to be away (the oracle learned it)',
  },
  {
    seed: 710606,
    found:
      'a Task went to somebody else before it was made, and its ladder climbed in the minute in which they were given it',
  },
];

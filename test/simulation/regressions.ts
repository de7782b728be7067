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
];

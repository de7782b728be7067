/**
 * Is this the address of a mailbox that several people read? `mailboxes` are local parts (`info`) or whole addresses, canonical ones.
 *
 *     isSharedMailbox('info@example.co.jp', ['info'])       // => true
 *     isSharedMailbox('info.taro@example.co.jp', ['info'])  // => false
 */
export function isSharedMailbox(address: string, mailboxes: readonly string[]): boolean {
  const local = address.slice(0, address.lastIndexOf('@'));
  return mailboxes.includes(local) || mailboxes.includes(address);
}

/** Reserved for examples, so that no mail ever reaches anybody. */
export const DOMAIN = 'example.co.jp';

/** One thing that `doctor` looked at. `remedy` is what a person does about it. */
export type Check = { readonly name: string; readonly ok: boolean; readonly says: string; readonly remedy?: string };

/** How a form came to be: made in HubSpot, found on a foreign page, a pop-up, or the comments of a blog. */
export type FormType = 'hubspot' | 'captured' | 'flow' | 'blog_comment';

export const FORM_TYPES: readonly FormType[] = ['hubspot', 'captured', 'flow', 'blog_comment'];

export type Form = {
  readonly guid: string;
  readonly name: string;
  readonly formType: FormType;
  /** Names of the properties that it asks for. */
  readonly fields: readonly string[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly isArchived: boolean;
};

export type NewForm = {
  guid: string;
  name: string;
  formType?: FormType;
  fields?: readonly string[];
  archived?: boolean;
};

/** One answered field; `objectTypeId` says whose property it is. */
export type Answer = { readonly objectTypeId: string; readonly name: string; readonly value: string };

export type Submission = {
  readonly conversionId: string;
  readonly submittedAt: number;
  readonly values: readonly Answer[];
  readonly pageUrl: string;
  /** Grows with every submission, so that two of the same millisecond have an order. */
  readonly sequence: number;
};

export type NewSubmission = {
  guid: string;
  email: string;
  /** By property name; `0-2/name` is the property `name` of the company. */
  answers?: Readonly<Record<string, string>>;
  pageUrl: string;
  /** The page's title, which the contact's conversion is called by; its address if it has none. */
  pageTitle?: string;
  /** Epoch ms; now, unless it is part of the past. */
  at?: number;
};

import { isoText } from '../time-texts.ts';
import type { Form, Submission } from './form.ts';

/** A definition as the list of forms gives it; what a form looks like is the same for all of them here. */
export function presentForm(form: Form): Record<string, unknown> {
  const { guid, name, formType, fields, createdAt, updatedAt, isArchived } = form;
  return {
    id: guid,
    name,
    createdAt: isoText(createdAt),
    updatedAt: isoText(updatedAt),
    archived: isArchived,
    ...(isArchived ? { archivedAt: isoText(updatedAt) } : {}),
    fieldGroups: [{ groupType: 'default_group', richTextType: 'text', fields: fields.map(presentField) }],
    configuration: {
      language: 'ja',
      cloneable: true,
      postSubmitAction: { type: 'thank_you', value: '' },
      editable: true,
      archivable: true,
      recaptchaEnabled: false,
      notifyContactOwner: false,
      notifyRecipients: [],
      createNewContactForNewEmail: false,
      prePopulateKnownValues: true,
      allowLinkToResetKnownValues: false,
    },
    displayOptions: {
      renderRawHtml: false,
      theme: 'default_style',
      submitButtonText: '送信',
      style: STYLE,
      cssClass: null,
    },
    legalConsentOptions: { type: 'none' },
    formType,
  };
}

const STYLE = {
  fontFamily: 'arial, helvetica, sans-serif',
  backgroundWidth: '100%',
  labelTextColor: '#33475b',
  labelTextSize: '11px',
  helpTextColor: '#7C98B6',
  helpTextSize: '11px',
  legalConsentTextColor: '#33475b',
  legalConsentTextSize: '14px',
  submitColor: '#ff7a59',
  submitAlignment: 'left',
  submitFontColor: '#ffffff',
  submitSize: '12px',
} as const;

function presentField(name: string): Record<string, unknown> {
  const isEmail = name === 'email';
  return {
    objectTypeId: '0-1',
    name,
    label: name,
    required: isEmail,
    hidden: false,
    fieldType: isEmail ? 'email' : 'single_line_text',
    dependentFields: [],
    ...(isEmail ? { validation: { blockedEmailDomains: [], useDefaultBlockList: false } } : {}),
  };
}

export function presentSubmission({ conversionId, submittedAt, values, pageUrl }: Submission): Record<string, unknown> {
  return {
    conversionId,
    submittedAt,
    values: values.map(({ name, value, objectTypeId }) => ({ name, value, objectTypeId })),
    pageUrl,
  };
}

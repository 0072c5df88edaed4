import type { FieldDefinition, FieldType, TicketStatus } from './layouts.mts';

const LONG_TEXT = 65_535;
/** Where the reference names no length. */
const CHOSEN_LENGTH = 255;

function field(
	type: FieldType,
	apiName: string,
	extras: Partial<Omit<FieldDefinition, 'apiName' | 'type'>> = {},
): FieldDefinition {
	return {
		apiName,
		displayLabel: labelOf(apiName),
		type,
		maxLength: type === 'Textarea' ? LONG_TEXT : CHOSEN_LENGTH,
		isMandatory: false,
		isCustomField: apiName.startsWith('cf_'),
		allowedValues: [],
		lookup: null,
		...extras,
	};
}

function labelOf(apiName: string): string {
	const words = apiName
		.replace(/^cf_/, '')
		.replaceAll('_', ' ')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/ Id$/, '');
	return words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()).replace(/\bPbx\b/, 'PBX');
}

const mandatory = { isMandatory: true };
const texts = (...apiNames: string[]) => apiNames.map((apiName) => field('Text', apiName));
const lookup = (apiName: string, target: FieldDefinition['lookup'], extras = {}) =>
	field('LookUp', apiName, { lookup: target, ...extras });
const picklist = (apiName: string, allowedValues: string[], extras = {}) =>
	field('Picklist', apiName, { allowedValues, ...extras });

/**
 * zoho-desk.md, 3.1. `channel` is free text, as in Zoho's OpenAPI files. Products and teams do not exist here: every id
 * of one is refused.
 */
export function ticketFields(statuses: readonly TicketStatus[]): FieldDefinition[] {
	return [
		field('Text', 'subject', mandatory),
		lookup('departmentId', 'departments', mandatory),
		lookup('contactId', 'contacts', mandatory),
		lookup('accountId', 'accounts'),
		lookup('productId', null),
		field('Email', 'email', { maxLength: 150 }),
		field('Phone', 'phone', { maxLength: 120 }),
		field('Textarea', 'description'),
		picklist(
			'status',
			statuses.map(({ value }) => value),
		),
		lookup('assigneeId', 'agents'),
		lookup('teamId', null),
		picklist('category', ['General', 'Defects'], { maxLength: 300 }),
		picklist('subCategory', ['Sub General', 'Sub Defects'], { maxLength: 300 }),
		picklist('classification', ['Problem', 'Request', 'Question', 'Others']),
		picklist('priority', ['Low', 'Medium', 'High']),
		field('Text', 'channel', { maxLength: 120 }),
		field('Text', 'language'),
		field('DateTime', 'dueDate'),
		field('Textarea', 'resolution'),
		field('Text', 'cf_pbx_call_id'),
		picklist('cf_customer_class', ['A', 'B', 'C']),
	];
}

/** zoho-desk.md, 4.1. `language` and `layoutId`, which are unconfirmed, are refused. */
export function contactFields(): FieldDefinition[] {
	return [
		field('Text', 'lastName', mandatory),
		...texts('firstName'),
		field('Email', 'email'),
		field('Email', 'secondaryEmail'),
		field('Phone', 'phone', { maxLength: 120 }),
		field('Phone', 'mobile', { maxLength: 120 }),
		lookup('accountId', 'accounts'),
		lookup('ownerId', 'agents'),
		picklist('type', ['paidUser', 'freeUser']),
		field('Textarea', 'description'),
		...texts('title', 'street', 'city', 'state', 'country', 'zip', 'facebook', 'twitter'),
		field('Text', 'cf_normalised_phone'),
		picklist('cf_customer_class', ['A', 'B', 'C']),
	];
}

/** zoho-desk.md, 4.3. The postal code is `code`; `annualrevenue` and `associatedSLAIds`, unconfirmed, are refused. */
export function accountFields(): FieldDefinition[] {
	return [
		field('Text', 'accountName', mandatory),
		field('Email', 'email'),
		field('Phone', 'phone', { maxLength: 120 }),
		field('Phone', 'fax', { maxLength: 120 }),
		field('Url', 'website'),
		...texts('industry', 'street', 'city', 'state', 'country', 'code'),
		field('Textarea', 'description'),
		lookup('ownerId', 'agents'),
		field('Text', 'cf_normalised_phone'),
	];
}

/** zoho-desk.md, 6.1. The values of `status` are those seen. */
export function callFields(): FieldDefinition[] {
	return [
		lookup('departmentId', 'departments', mandatory),
		lookup('contactId', 'contacts', mandatory),
		field('Text', 'subject', { ...mandatory, maxLength: 300 }),
		field('DateTime', 'startTime', mandatory),
		picklist('direction', ['inbound', 'outbound'], mandatory),
		field('Number', 'duration', mandatory),
		picklist('status', ['In Progress', 'Completed', 'Scheduled', 'Current call'], mandatory),
		lookup('ownerId', 'agents'),
		lookup('ticketId', 'tickets'),
		picklist('priority', ['Low', 'Normal', 'High']),
		field('Textarea', 'description'),
		field('Text', 'cf_pbx_call_id'),
		picklist('cf_call_result', ['Answered', 'Missed', 'Voicemail']),
	];
}

import { DateTime } from 'luxon';
import { isObject } from '../apiMessage.mts';
import type { Details } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import { zohoTime } from '../crm.mts';
import type { FieldDefinition, FieldType } from '../metadata/fieldDefinition.mts';

/** Either the value as the CRM stores it or what is wrong with it. */
export type Checked = { value: unknown } | { problem: Problem };

export interface Problem {
	code: string;
	message: string;
	details: Details;
}

/** An optional plus, then digits or letters with the separators that Zoho's phone fields allow. */
const PHONE = /^\+?[0-9A-Za-z][0-9A-Za-z \-.(),;#/]*$|^\+?\([0-9A-Za-z \-.(),;#/]+$/;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[A-Za-z]{2,}$/;
/** Milliseconds and a bare Z are refused (reference 2.1). */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** The name of the type in `details.expected_data_type`. */
const EXPECTED: Partial<Record<FieldType, string>> = {
	textarea: 'text',
	picklist: 'picklist',
	lookup: 'jsonobject',
	ownerlookup: 'jsonobject',
	tags: 'jsonarray',
};

/** @param value what the client sent, not null */
export function checkValue(crm: Crm, definition: FieldDefinition, value: unknown): Checked {
	switch (definition.type) {
		case 'text':
		case 'textarea':
		case 'website':
			return typeof value === 'string' ? withinLength(definition, value) : wrongType(definition);
		case 'phone':
			return matching(definition, value, PHONE);
		case 'email':
			return matching(definition, value, EMAIL);
		case 'picklist':
			return typeof value === 'string' && definition.values.includes(value)
				? { value }
				: wrongType(definition, { supported_values: definition.values });
		case 'integer':
		case 'bigint':
			return Number.isSafeInteger(value) ? { value } : wrongType(definition);
		case 'double':
		case 'currency':
			return typeof value === 'number' ? { value } : wrongType(definition);
		case 'boolean':
			return typeof value === 'boolean' ? { value } : wrongType(definition);
		case 'date':
			return typeof value === 'string' && DATE.test(value) && DateTime.fromISO(value).isValid
				? { value }
				: wrongType(definition);
		case 'datetime':
			return checkDateTime(crm, definition, value);
		case 'ownerlookup':
			return checkUser(crm, definition, value);
		case 'tags':
			return Array.isArray(value) && value.every((tag) => isObject(tag) && isTagName(tag.name))
				? { value }
				: wrongType(definition);
		case 'lookup':
			// Needs the whole record, because `$se_module` may name the module: see lookupValidation.
			return { value };
	}
}

export function wrongType(definition: FieldDefinition, more: Details = {}): { problem: Problem } {
	const expected = EXPECTED[definition.type] ?? definition.type;
	return {
		problem: {
			code: 'INVALID_DATA',
			message: 'invalid data',
			details: { expected_data_type: expected, ...more },
		},
	};
}

export function unknownId(): { problem: Problem } {
	return {
		problem: { code: 'INVALID_DATA', message: 'the id given seems to be invalid', details: {} },
	};
}

/** `{"id": "…"}` with the id as a string; plain ids are accepted by Zoho only according to hearsay (reference 2.1). */
export function idOf(value: unknown): string | undefined {
	return isObject(value) && typeof value.id === 'string' && /^\d+$/.test(value.id)
		? value.id
		: undefined;
}

function matching(definition: FieldDefinition, value: unknown, pattern: RegExp): Checked {
	if (typeof value !== 'string' || !pattern.test(value)) return wrongType(definition);
	return withinLength(definition, value);
}

function withinLength(definition: FieldDefinition, value: string): Checked {
	if (value.length <= definition.length) return { value };
	return {
		problem: {
			code: 'INVALID_DATA',
			message: 'invalid data',
			details: { maximum_length: definition.length },
		},
	};
}

function checkDateTime(crm: Crm, definition: FieldDefinition, value: unknown): Checked {
	if (typeof value !== 'string' || !DATE_TIME.test(value)) return wrongType(definition);
	const time = DateTime.fromISO(value);
	return time.isValid ? { value: zohoTime(crm, time.toMillis()) } : wrongType(definition);
}

function checkUser(crm: Crm, definition: FieldDefinition, value: unknown): Checked {
	const id = idOf(value);
	if (!id) return wrongType(definition);
	const active = crm.users.some((user) => user.id === id && user.status === 'active');
	return active ? { value: { id } } : unknownId();
}

function isTagName(name: unknown): boolean {
	return typeof name === 'string' && name.length > 0 && name.length <= 25;
}

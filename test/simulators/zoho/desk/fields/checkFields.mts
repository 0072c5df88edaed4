import type { Fields } from '../../crm/records/recordStore.mts';
import type { FieldError } from '../apiMessage.mts';
import { fieldError, isObject, refuse } from '../apiMessage.mts';
import type { DeskPortal } from '../portal.mts';
import type { FieldDefinition, Layout } from './layouts.mts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const EMAIL = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/;

export interface CheckedFields {
	values: Fields;
	/** Custom fields by API name. */
	cf: Fields;
	errors: FieldError[];
}

/** @throws DeskRefusal if the body is empty or no object */
export function bodyOf(body: unknown): Fields {
	if (body === undefined || (isObject(body) && Object.keys(body).length === 0)) {
		return refuse(422, 'EMPTY_PAYLOAD', 'The request body is empty.');
	}
	if (!isObject(body)) return refuse(400, 'BAD_REQUEST', 'The body must be a JSON object.');
	return body;
}

/**
 * Checks what is sent against the layout. Chosen, since the reference is silent or calls it unconfirmed: unknown and
 * read-only fields are refused, and so is `null` (leave out what you do not set); an empty text clears a field.
 *
 * @param others names beside the layout's fields, which the caller checks
 */
export function checkFields(
	portal: DeskPortal,
	layout: Layout,
	sent: Fields,
	mode: 'create' | 'update',
	others: string[] = [],
): CheckedFields {
	const errors: FieldError[] = [];
	const standard = layout.fields.filter(({ isCustomField }) => !isCustomField);
	const custom = layout.fields.filter(({ isCustomField }) => isCustomField);
	const known = [...others, 'cf', 'customFields'];
	const top = Object.fromEntries(Object.entries(sent).filter(([name]) => !known.includes(name)));
	const values = checkGroup(portal, standard, top, mode, '', errors);
	const cf = checkGroup(portal, custom, customSent(custom, sent, errors), mode, 'cf/', errors);
	return { values, cf, errors };
}

function checkGroup(
	portal: DeskPortal,
	definitions: FieldDefinition[],
	sent: Fields,
	mode: 'create' | 'update',
	prefix: string,
	errors: FieldError[],
): Fields {
	const values: Fields = {};
	for (const [name, value] of Object.entries(sent)) {
		const definition = definitions.find(({ apiName }) => apiName === name);
		if (!definition || !isValid(portal, definition, value)) {
			errors.push(fieldError(prefix + name));
		} else {
			values[name] = value === '' ? null : value;
		}
	}
	for (const { apiName, isMandatory } of definitions) {
		if (!isMandatory) continue;
		const cleared = sent[apiName] === '';
		if (cleared || (mode === 'create' && sent[apiName] === undefined)) {
			errors.push(fieldError(prefix + apiName, 'missing'));
		}
	}
	return values;
}

/** `cf` by API name; `customFields`, its deprecated twin, by label. */
function customSent(custom: FieldDefinition[], sent: Fields, errors: FieldError[]): Fields {
	const byName: Fields = {};
	for (const key of ['customFields', 'cf']) {
		const given = sent[key];
		if (given === undefined) continue;
		if (!isObject(given)) {
			errors.push(fieldError(key));
			continue;
		}
		for (const [name, value] of Object.entries(given)) {
			const labelled = custom.find(({ displayLabel }) => displayLabel === name);
			byName[key === 'cf' ? name : (labelled?.apiName ?? name)] = value;
		}
	}
	return byName;
}

function isValid(portal: DeskPortal, definition: FieldDefinition, value: unknown): boolean {
	const { type, maxLength, allowedValues } = definition;
	if (type === 'Number') return Number.isInteger(value) && (value as number) >= 0;
	if (type === 'Boolean') return typeof value === 'boolean';
	if (typeof value !== 'string' || value.length > maxLength) return false;
	if (value === '') return true;
	switch (type) {
		case 'Picklist':
			return allowedValues.includes(value);
		case 'Email':
			return EMAIL.test(value);
		case 'DateTime':
			return isTime(value);
		case 'LookUp':
			return exists(portal, definition.lookup, value);
		default:
			return true;
	}
}

/** `yyyy-MM-ddTHH:mm:ss.SSSZ` in UTC, and a day that exists. */
export function isTime(value: string): boolean {
	if (!TIME.test(value)) return false;
	const milliseconds = Date.parse(value);
	return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === value;
}

function exists(portal: DeskPortal, target: FieldDefinition['lookup'], id: string): boolean {
	if (target === null) return false;
	if (target === 'departments') {
		return portal.departments.some((each) => each.id === id && each.isEnabled);
	}
	if (target === 'agents') return portal.agents.some((each) => each.id === id);
	return portal.store.get(target, id) !== undefined;
}

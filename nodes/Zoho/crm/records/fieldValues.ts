import type { GenericValue } from 'n8n-workflow';
import { momentOf } from '../../../actions/momentOf';
import { zohoDate, zohoDateTime } from '../../dateTimes';
import type { CrmField } from '../metadata/fields';
import { refusal } from '../refusal';

/**
 * A value as people, expressions and other nodes give it, as Zoho takes it for this field.
 *
 * @param zone IANA zone in which a time without an offset is meant
 * @throws ServiceError when the value cannot be meant for a field of this type
 */
export function zohoValue(field: CrmField, value: unknown, zone: string): GenericValue {
	if (value === null) return null;
	switch (field.data_type) {
		case 'datetime':
			return zohoDateTime(moment(field, value, zone));
		case 'date':
			// A plain day stays what it is; only a moment needs a zone to become a day.
			return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
				? value
				: zohoDate(moment(field, value, zone));
		case 'lookup':
		case 'ownerlookup':
		case 'userlookup':
			return reference(value);
		case 'multiselectpicklist':
			return Array.isArray(value)
				? value
				: String(value)
						.split(';')
						.map((each) => each.trim());
		case 'boolean':
			return truth(field, value);
		case 'integer':
		case 'double':
		case 'currency':
		case 'percent':
			return amount(field, value);
		case 'text':
		case 'textarea':
		case 'email':
		case 'phone':
		case 'website':
		case 'picklist':
			// A number typed without quotes in an expression is still meant as a text here.
			return typeof value === 'number' ? String(value) : (value as GenericValue);
		default:
			return value as GenericValue;
	}
}

function moment(field: CrmField, value: unknown, zone: string) {
	const found = momentOf(value, zone);
	if (found) return found;
	throw refusal(
		`The value of the field ${field.api_name} is not a date`,
		'Give it as 2026-03-04 or 2026-03-04T09:15:00+01:00.',
	);
}

function reference(value: unknown): GenericValue {
	if (typeof value === 'object') return { id: (value as { id?: string }).id ?? null };
	return { id: String(value).trim() };
}

function truth(field: CrmField, value: unknown): boolean {
	if (value === true || /^true$/i.test(String(value))) return true;
	if (value === false || /^false$/i.test(String(value))) return false;
	throw refusal(
		`The value of the field ${field.api_name} is neither true nor false`,
		'Give true or false.',
	);
}

function amount(field: CrmField, value: unknown): number {
	const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
	if (Number.isFinite(number)) return number;
	throw refusal(
		`The value of the field ${field.api_name} is not a number`,
		'Give a number with a point before the decimals and without separators.',
	);
}

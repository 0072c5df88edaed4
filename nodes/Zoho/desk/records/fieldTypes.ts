import type { FieldType, GenericValue } from 'n8n-workflow';
import { momentOf } from '../../../actions/momentOf';
import { deskDateTime } from '../../dateTimes';
import type { DeskField } from '../metadata/fields';
import { refusal } from '../refusal';

/** What the editor offers for a type of Desk's; ids and everything unlisted are texts. In small letters. */
const MAPPER_TYPES: Readonly<Record<string, FieldType>> = {
	boolean: 'boolean',
	currency: 'number',
	date: 'dateTime',
	datetime: 'dateTime',
	decimal: 'number',
	multiselect: 'array',
	number: 'number',
	percent: 'number',
	picklist: 'options',
};

export function mapperType({ type, allowedValues = [] }: DeskField): FieldType {
	const found = MAPPER_TYPES[type.toLowerCase()] ?? 'string';
	return found === 'options' && allowedValues.length === 0 ? 'string' : found;
}

/**
 * A value as people, expressions and other nodes give it, as Desk takes it.
 *
 * @param name of the field, for errors
 * @param type of the field in the editor; undefined if nobody knows
 * @param zone IANA zone in which a time without an offset is meant
 * @throws ServiceError when the value cannot be meant for a field of this type
 */
export function deskValue(
	name: string,
	type: FieldType | undefined,
	value: unknown,
	zone: string,
): GenericValue {
	switch (type) {
		case 'dateTime': {
			if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
			const moment = momentOf(value, zone);
			if (moment) return deskDateTime(moment);
			throw refusal(
				`The value of the field ${name} is not a date`,
				'Give it as 2026-03-04 or 2026-03-04T09:15:00+01:00.',
			);
		}
		case 'number': {
			const number = String(value).trim() === '' ? NaN : Number(value);
			if (Number.isFinite(number)) return number;
			throw refusal(
				`The value of the field ${name} is not a number`,
				'Give a number with a point before the decimals and without separators.',
			);
		}
		case 'boolean':
			if (/^(true|false)$/i.test(String(value))) return String(value).toLowerCase() === 'true';
			throw refusal(
				`The value of the field ${name} is neither true nor false`,
				'Give true or false.',
			);
		case 'string':
		case 'options':
			// A number typed without quotes in an expression is still meant as a text here.
			return typeof value === 'number' ? String(value) : (value as GenericValue);
		default:
			return value as GenericValue;
	}
}

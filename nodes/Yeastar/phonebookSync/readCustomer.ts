import type { Customer, CustomerNumber, CustomerNumberKind } from '../../customer/Customer';
import { fitsInRemark } from './mark';

/** The source as far as the item tells it; missing parts are empty. */
export interface PartOfSource {
	system: string;
	module: string;
	id: string;
}

/** A customer that is not in the phonebook after the run. */
export interface NotSynchronized {
	source: PartOfSource;
	name: string;
	/** In a sentence for people. */
	reason: string;
	/** The field to correct, in the names of Customer. */
	field: string;
}

const KINDS: ReadonlySet<string> = new Set<CustomerNumberKind>([
	'mobile',
	'business',
	'businessFax',
	'home',
	'homeFax',
	'other',
]);

/**
 * The customer of an item, which holds it under `customer` or is one itself.
 *
 * @param itemIndex for the reason, where the item does not even tell whose it is
 */
export function readCustomer(item: object, itemIndex: number): Customer | NotSynchronized {
	const given = asObject((item as { customer?: unknown }).customer ?? item);
	const sourceGiven = asObject(given.source);
	const source = {
		system: asText(sourceGiven.system),
		module: asText(sourceGiven.module),
		id: asText(sourceGiven.id),
	};
	const firstName = asText(given.firstName) || null;
	const lastName = asText(given.lastName) || null;
	const company = asText(given.company);
	const name = asText(given.name) || [firstName, lastName].filter(Boolean).join(' ');
	const refusal = (reason: string, field: string) => ({ source, name, reason, field });
	if (given.source === undefined) {
		return refusal(`Item ${itemIndex} holds no customer`, 'customer');
	}
	const missing = (['system', 'module', 'id'] as const).find((part) => source[part] === '');
	if (missing)
		return refusal(`The customer of item ${itemIndex} has no ${missing}`, `source.${missing}`);
	if (!fitsInRemark(source)) {
		return refusal('System, module or ID has brackets, or blanks where none belong', 'source');
	}
	return {
		source,
		deleted: given.deleted === true,
		firstName,
		lastName,
		name,
		company,
		email: asText(given.email),
		numbers: Array.isArray(given.numbers) ? given.numbers.flatMap(asNumber) : [],
		modifiedAt: asText(given.modifiedAt) || null,
	};
}

export function isCustomer(read: Customer | NotSynchronized): read is Customer {
	return !('reason' in read);
}

function asNumber(given: unknown): CustomerNumber[] {
	const { kind, number } = asObject(given);
	const text = typeof number === 'string' ? number : asText(number);
	if (text.trim() === '') return [];
	const known = typeof kind === 'string' && KINDS.has(kind);
	return [{ kind: known ? (kind as CustomerNumberKind) : 'other', number: text }];
}

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asText(value: unknown): string {
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	return typeof value === 'string' ? value.trim() : '';
}

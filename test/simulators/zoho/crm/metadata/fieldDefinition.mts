/** What the simulated CRM knows about one field; the JSON of `/settings/fields` is made from it. */
export interface FieldDefinition {
	apiName: string;
	label: string;
	type: FieldType;
	/** Longest text that is accepted. */
	length: number;
	/** `layout`: only the layout demands it, as with `Company` of Leads; `/settings/fields` does not show that. */
	mandatory: 'system' | 'layout' | null;
	/** Picklists: the values that are configured. */
	values: string[];
	/** The administrator switched on "do not allow duplicate values". */
	unique: boolean;
	/** Upsert finds records by this field although it is not unique. */
	systemDuplicateCheck: boolean;
	custom: boolean;
	/** Written by the CRM only: what a client sends for it is dropped like an unknown field. */
	readOnly: boolean;
	/** Lookups: the module they point to; null if `$se_module` says it. */
	lookupModule: string | null;
}

export type FieldType =
	| 'text'
	| 'textarea'
	| 'email'
	| 'phone'
	| 'website'
	| 'picklist'
	| 'integer'
	| 'bigint'
	| 'double'
	| 'currency'
	| 'boolean'
	| 'date'
	| 'datetime'
	| 'lookup'
	| 'ownerlookup'
	| 'tags';

type Extras = Partial<Omit<FieldDefinition, 'apiName' | 'type'>>;

const LENGTHS: Partial<Record<FieldType, number>> = {
	text: 120,
	textarea: 32_000,
	email: 100,
	phone: 30,
	website: 450,
	picklist: 120,
};

export function field(type: FieldType, apiName: string, extras: Extras = {}): FieldDefinition {
	return {
		apiName,
		label: apiName.replace(/__s$/, '').replaceAll('_', ' '),
		type,
		length: LENGTHS[type] ?? 20,
		mandatory: null,
		values: [],
		unique: false,
		systemDuplicateCheck: false,
		custom: false,
		readOnly: false,
		lookupModule: null,
		...extras,
	};
}

export function fieldsOf(type: FieldType, ...apiNames: string[]): FieldDefinition[] {
	return apiNames.map((apiName) => field(type, apiName));
}

export function lookup(apiName: string, lookupModule: string | null, extras: Extras = {}) {
	return field('lookup', apiName, { lookupModule, ...extras });
}

export function picklist(apiName: string, values: string[], extras: Extras = {}) {
	return field('picklist', apiName, { values: ['-None-', ...values], ...extras });
}

/** Fields that every module has. */
export function systemFields(): FieldDefinition[] {
	return [
		field('bigint', 'id', { readOnly: true, label: 'Record Id' }),
		field('ownerlookup', 'Owner'),
		field('ownerlookup', 'Created_By', { readOnly: true }),
		field('ownerlookup', 'Modified_By', { readOnly: true }),
		field('datetime', 'Created_Time', { readOnly: true }),
		field('datetime', 'Modified_Time', { readOnly: true }),
		field('tags', 'Tag'),
	];
}

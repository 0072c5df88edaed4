import { endingSpellings, spellings } from '../../../phone/spellings';
import { DEFAULT_LAST_DIGITS } from '../../../phone/matchNumber';

/** Lists inside a composite request are cut off here (Zoho's page "Composite API"). */
export const COMPOSITE_LIST_LIMIT = 25;

/** Zoho takes 25 conditions in one query, and 50 values in one `in (…)`. */
const MAX_CONDITIONS = 25;

/** This many of the likeliest spellings are named even where a pattern covers them: equality is what Zoho is best at. */
const ALWAYS_NAMED = 10;

/** What a query reads of a module; custom fields are unknown here and only found by the search. */
export interface QueriedModule {
	module: string;
	phoneFields: string[];
	otherFields: string[];
}

/** The standard telephone fields (SDK 8.0), fax left out. */
export const QUERIED_MODULES: readonly QueriedModule[] = [
	{
		module: 'Contacts',
		phoneFields: ['Phone', 'Mobile', 'Home_Phone', 'Other_Phone', 'Asst_Phone'],
		otherFields: ['First_Name', 'Last_Name', 'Full_Name', 'Account_Name', 'Owner', 'Modified_Time'],
	},
	{
		module: 'Leads',
		phoneFields: ['Phone', 'Mobile'],
		otherFields: ['First_Name', 'Last_Name', 'Full_Name', 'Converted__s', 'Owner', 'Modified_Time'],
	},
	{
		module: 'Accounts',
		phoneFields: ['Phone'],
		otherFields: ['Account_Name', 'Owner', 'Modified_Time'],
	},
];

/** Fields that every organisation has; others can be deleted or hidden, which makes Zoho refuse the whole query. */
const CERTAIN_FIELDS = new Set([
	'Phone',
	'Mobile',
	'Last_Name',
	'Full_Name',
	'Account_Name',
	'Owner',
	'Modified_Time',
]);

export function withCertainFieldsOnly({
	module,
	phoneFields,
	otherFields,
}: QueriedModule): QueriedModule {
	return {
		module,
		phoneFields: phoneFields.filter((field) => CERTAIN_FIELDS.has(field)),
		otherFields: otherFields.filter((field) => CERTAIN_FIELDS.has(field)),
	};
}

/**
 * A query for the records on which a number stands in any usual spelling. It may find more than that: what it finds has
 * to be compared.
 *
 * @param lastDigits how many digits make a weak match; also how much of the number a pattern holds
 */
export function numberQuery(
	{ module, phoneFields, otherFields }: QueriedModule,
	number: string,
	country: string | null,
	lastDigits: number,
): string {
	const endings = endingSpellings(number, lastDigits || DEFAULT_LAST_DIGITS, country).slice(
		0,
		Math.max(0, Math.floor(MAX_CONDITIONS / phoneFields.length) - 1),
	);
	const named = spellings(number, country).filter(
		(spelling, index) =>
			index < ALWAYS_NAMED || !endings.some((ending) => spelling.includes(ending)),
	);
	const list = named.map(coqlText).join(', ');
	const conditions = phoneFields.flatMap((field) => [
		`${field} in (${list})`,
		...endings.map((ending) => `${field} like ${coqlText(`%${ending}%`)}`),
	]);
	const fields = ['id', ...otherFields, ...phoneFields].join(', ');
	return `select ${fields} from ${module} where ${anyOf(conditions)} limit ${COMPOSITE_LIST_LIMIT}`;
}

/** Zoho wants `((a or b) or c)`: more than two conditions are grouped in pairs. */
export function anyOf(conditions: readonly string[]): string {
	return conditions.reduce((group, condition) => `(${group} or ${condition})`);
}

/** A text in single quotes, whatever it holds. */
export function coqlText(text: string): string {
	return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** The query for when somebody was last called, or called last. */
export function lastCallQuery(module: string, id: string): string {
	// Contacts are the only ones that calls hold in Who_Id (reference zoho-crm.md, 2.7).
	const relation = module === 'Contacts' ? 'Who_Id' : 'What_Id';
	return `select Call_Start_Time from Calls where ${relation} = ${coqlText(id)} order by Call_Start_Time desc limit 1`;
}

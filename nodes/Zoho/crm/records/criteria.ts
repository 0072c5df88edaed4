import { refusal } from '../refusal';

/** One line of the filter of a list. */
export interface Condition {
	/** API name of the field. */
	field: string;
	operator: string;
	/** Several values, for `in` and `between`, are separated by commas. */
	value: string;
}

/** Zoho's pages name 10 and 15; ten are accepted by all versions. */
const MAX_CONDITIONS = 10;

const SEVERAL_VALUES = new Set(['in', 'between']);

/**
 * The `criteria` parameter of Zoho's search, such as `((City:equals:Bern)and(Phone:starts_with:+41))`. It still has to
 * be URL-encoded.
 */
export function criteriaText(conditions: readonly Condition[], combine: 'and' | 'or'): string {
	if (conditions.length > MAX_CONDITIONS) {
		throw refusal(
			`Zoho CRM takes ${MAX_CONDITIONS} conditions at most, and there are ${conditions.length}`,
			'Leave some out, or use the operation Query of the resource Record.',
		);
	}
	return `(${conditions.map(conditionText).join(combine)})`;
}

function conditionText({ field, operator, value }: Condition): string {
	const text = SEVERAL_VALUES.has(operator)
		? String(value)
				.split(',')
				.map((each) => escaped(each.trim()))
				.join(',')
		: escaped(String(value));
	return `(${field}:${operator}:${text})`;
}

/** Brackets, commas and a backslash at the end would otherwise end the value. */
function escaped(value: string): string {
	return value.replace(/[(),]/g, '\\$&').replace(/\\$/, '\\\\');
}

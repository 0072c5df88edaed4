import { refuse } from '../apiMessage.mts';
import type { Crm } from '../crm.mts';
import type { FieldDefinition, FieldType } from '../metadata/fieldDefinition.mts';
import type { ModuleDefinition } from '../metadata/moduleCatalog.mts';
import type { StoredRecord } from '../records/recordStore.mts';
import { readField } from '../records/recordView.mts';

const MOST_CHARACTERS = 3000;
const MOST_CONDITIONS = 15;
const MOST_IN_VALUES = 100;

const TEXT_OPERATORS = ['equals', 'not_equal', 'starts_with', 'in'];
const ORDER_OPERATORS = ['greater_than', 'greater_equal', 'less_than', 'less_equal', 'between'];
const LOOKUP_OPERATORS = ['equals', 'not_equal', 'in'];
const OPERATORS: Partial<Record<FieldType, string[]>> = {
	boolean: ['equals'],
	lookup: LOOKUP_OPERATORS,
	ownerlookup: LOOKUP_OPERATORS,
	bigint: [...LOOKUP_OPERATORS, ...ORDER_OPERATORS],
	integer: [...TEXT_OPERATORS, ...ORDER_OPERATORS],
	double: [...TEXT_OPERATORS, ...ORDER_OPERATORS],
	currency: [...TEXT_OPERATORS, ...ORDER_OPERATORS],
	date: [...TEXT_OPERATORS, ...ORDER_OPERATORS],
	datetime: [...TEXT_OPERATORS, ...ORDER_OPERATORS],
};

type Filter = (record: StoredRecord) => boolean;

/**
 * Reads `((Phone:equals:+41445550123)or(Mobile:starts_with:+4144))`. Inside a value a backslash stands before brackets,
 * commas and a backslash at the end.
 */
export function criteriaFilter(crm: Crm, module: ModuleDefinition, criteria: string): Filter {
	if (criteria.length > MOST_CHARACTERS) {
		refuse(400, 'INVALID_DATA', 'invalid data', {
			param_name: 'criteria',
			maximum_length: MOST_CHARACTERS,
		});
	}
	let position = 0;
	let conditions = 0;

	const filter = readGroup();
	if (position !== criteria.length) invalidQuery();
	return filter;

	function readGroup(): Filter {
		expect('(');
		if (criteria[position] !== '(') return readCondition();
		let combined = readGroup();
		while (criteria[position] !== ')') {
			const left = combined;
			const both = criteria.startsWith('and', position);
			if (!both && !criteria.startsWith('or', position)) invalidQuery();
			position += both ? 3 : 2;
			const right = readGroup();
			combined = both ? (r) => left(r) && right(r) : (r) => left(r) || right(r);
		}
		position++;
		return combined;
	}

	function readCondition(): Filter {
		conditions++;
		if (conditions > MOST_CONDITIONS) {
			refuse(
				400,
				'CRITERIA_LIMIT_EXCEEDED',
				`no of criterium that can be given exceed the limit ${MOST_CONDITIONS}`,
			);
		}
		const apiName = readUntilColon();
		const operator = readUntilColon();
		const values = readValues();
		const definition = module.fields.find((each) => each.apiName === apiName);
		if (!definition) return invalidQuery({ reason: 'api_name', api_name: apiName });
		return conditionFilter(crm, definition, operator, values);
	}

	function readUntilColon(): string {
		const end = criteria.indexOf(':', position);
		if (end < 0) invalidQuery();
		const part = criteria.slice(position, end);
		position = end + 1;
		return part;
	}

	/** Values are separated by commas that have no backslash. */
	function readValues(): string[] {
		const values = [''];
		while (criteria[position] !== ')') {
			const character = criteria[position++];
			if (character === undefined || character === '(') return invalidQuery();
			if (character === ',') values.push('');
			else if (character === '\\') values[values.length - 1] += readEscaped();
			else values[values.length - 1] += character;
		}
		position++;
		return values;
	}

	function readEscaped(): string {
		const next = criteria[position];
		if (next === undefined) return invalidQuery();
		// A backslash in the middle of a value stands for itself.
		if (!'(),\\'.includes(next)) return '\\';
		position++;
		return next;
	}

	function expect(character: string) {
		if (criteria[position++] !== character) invalidQuery();
	}
}

function invalidQuery(details: Record<string, unknown> = {}): never {
	return refuse(400, 'INVALID_QUERY', 'Invalid query formed', {
		api_name: 'criteria',
		...details,
	});
}

function conditionFilter(
	crm: Crm,
	definition: FieldDefinition,
	operator: string,
	values: string[],
): Filter {
	const { apiName } = definition;
	if (!(OPERATORS[definition.type] ?? TEXT_OPERATORS).includes(operator)) {
		invalidQuery({ operator, reason: 'operator', api_name: apiName });
	}
	if (operator === 'in' && values.length > MOST_IN_VALUES) {
		refuse(400, 'INVALID_QUERY', 'Only 100 values are allowed in "IN" criteria', {
			api_name: apiName,
		});
	}
	const count = { in: values.length, between: 2 }[operator] ?? 1;
	if (values.length !== count || values.some((value) => value === '')) {
		invalidQuery({ value: values.join(','), reason: 'value', api_name: apiName });
	}
	const wanted = values.map((value) => comparable(definition, value));
	if (wanted.some((value) => value === null || Number.isNaN(value))) {
		invalidQuery({ value: values.join(','), reason: 'value', api_name: apiName });
	}
	return (record) => {
		const value = comparable(definition, readField(crm, record, definition));
		if (value === null) return operator === 'not_equal';
		return compare(value, operator, wanted as Comparable[]);
	};
}

type Comparable = string | number | bigint | boolean;

function comparable(definition: FieldDefinition, value: unknown): Comparable | null {
	if (value === null) return null;
	switch (definition.type) {
		case 'lookup':
		case 'ownerlookup':
			return typeof value === 'string' ? value : (value as { id: string }).id;
		case 'integer':
		case 'double':
		case 'currency':
			return Number(value);
		case 'bigint':
			return /^\d+$/.test(String(value)) ? BigInt(String(value)) : null;
		case 'date':
		case 'datetime':
			return Date.parse(String(value));
		case 'boolean':
			return value === true || value === 'true';
		default:
			return String(value).toLowerCase();
	}
}

function compare(value: Comparable, operator: string, wanted: Comparable[]): boolean {
	const [first, second] = wanted;
	switch (operator) {
		// On text, `equals` finds like "contains" (Search Records, operators by type).
		case 'equals':
			return typeof value === 'string' ? value.includes(String(first)) : value === first;
		case 'not_equal':
			return value !== first;
		case 'starts_with':
			return String(value).startsWith(String(first));
		case 'in':
			return wanted.includes(value);
		case 'greater_than':
			return value > first;
		case 'greater_equal':
			return value >= first;
		case 'less_than':
			return value < first;
		case 'less_equal':
			return value <= first;
		default:
			return value >= first && value <= second;
	}
}

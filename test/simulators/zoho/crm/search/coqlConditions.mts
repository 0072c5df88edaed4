import { refuse } from '../apiMessage.mts';
import type { Column } from './coqlColumns.mts';
import { invalidQuery } from './coqlColumns.mts';
import type { Condition, Literal, Operator } from './coqlSyntax.mts';
import type { FieldType } from '../metadata/fieldDefinition.mts';
import type { StoredRecord } from '../records/recordStore.mts';

type Filter = (record: StoredRecord) => boolean;
type Comparable = string | number | bigint | boolean;

const MOST_CRITERIA = 25;
const MOST_IN_VALUES = 50;

const EXISTENCE: Operator[] = ['is null', 'is not null'];
const EQUALITY: Operator[] = ['=', '!=', 'in', 'not in', ...EXISTENCE];
const TEXT: Operator[] = [...EQUALITY, 'like', 'not like'];
const ORDERED: Operator[] = [...EQUALITY, '>', '>=', '<', '<=', 'between', 'not between'];
const OPERATORS: Partial<Record<FieldType, Operator[]>> = {
	lookup: EQUALITY,
	ownerlookup: EQUALITY,
	boolean: ['=', '!='],
	bigint: ORDERED,
	integer: ORDERED,
	double: ORDERED,
	currency: ORDERED,
	date: ORDERED,
	datetime: ORDERED,
};

/** @param columnOf finds a column or refuses the query */
export function conditionFilter(
	condition: Condition,
	columnOf: (name: string) => Column,
): { matches: Filter; columns: Column[] } {
	const columns: Column[] = [];
	const matches = build(condition);
	if (columns.length > MOST_CRITERIA) {
		refuse(400, 'LIMIT_EXCEEDED', 'criteria limit exceeded', {
			by: 'criteria',
			limit: MOST_CRITERIA,
		});
	}
	return { matches, columns };

	function build(part: Condition): Filter {
		if (part.kind === 'compare') {
			const column = columnOf(part.column);
			columns.push(column);
			return comparison(column, part.operator, part.values);
		}
		const [left, right] = [build(part.left), build(part.right)];
		return part.kind === 'and'
			? (record) => left(record) && right(record)
			: (record) => left(record) || right(record);
	}
}

function comparison(column: Column, operator: Operator, literals: Literal[]): Filter {
	const { type } = column.definition;
	if (type === 'textarea' || type === 'tags') {
		invalidQuery('data type not supported', { column_name: column.name, data_type: type });
	}
	if (!(OPERATORS[type] ?? TEXT).includes(operator)) {
		invalidQuery('invalid query formed', { column_name: column.name, operator });
	}
	if (literals.length > MOST_IN_VALUES && operator.endsWith('in')) {
		refuse(400, 'LIMIT_EXCEEDED', 'limit exceeded', { by: operator, limit: MOST_IN_VALUES });
	}
	const wanted = literals.map((literal) => valueOf(column, literal));
	const compare = COMPARISONS[operator];
	return (record) => {
		const value = comparable(column.read(record), type);
		if (operator === 'is null') return value === null;
		// As in any SQL, nothing compares with what is not there.
		return value !== null && compare(value, wanted);
	};
}

const COMPARISONS: Record<Operator, (value: Comparable, wanted: Comparable[]) => boolean> = {
	'=': (value, [first]) => value === first,
	'!=': (value, [first]) => value !== first,
	'>': (value, [first]) => value > first,
	'>=': (value, [first]) => value >= first,
	'<': (value, [first]) => value < first,
	'<=': (value, [first]) => value <= first,
	in: (value, wanted) => wanted.includes(value),
	'not in': (value, wanted) => !wanted.includes(value),
	like: (value, [first]) => isLike(value, first),
	'not like': (value, [first]) => !isLike(value, first),
	between: (value, [from, to]) => value >= from && value <= to,
	'not between': (value, [from, to]) => value < from || value > to,
	'is null': () => false,
	'is not null': () => true,
};

function isLike(value: Comparable, pattern: Comparable): boolean {
	const parts = String(pattern)
		.split('%')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`, 's').test(String(value));
}

/** Ids are compared as whole numbers, times as moments, text without regard to case. */
export function comparable(value: unknown, type: FieldType): Comparable | null {
	if (value === null || value === undefined) return null;
	switch (type) {
		case 'lookup':
		case 'ownerlookup':
			return BigInt((value as { id: string }).id);
		case 'bigint':
			return BigInt(value as string);
		case 'date':
		case 'datetime':
			return Date.parse(value as string);
		case 'integer':
		case 'double':
		case 'currency':
			return value as number;
		case 'boolean':
			return value as boolean;
		default:
			return String(value).toLowerCase();
	}
}

function valueOf(column: Column, { text, quoted }: Literal): Comparable {
	const { type } = column.definition;
	switch (type) {
		case 'lookup':
		case 'ownerlookup':
		case 'bigint':
			return /^\d+$/.test(text) ? BigInt(text) : invalidValue(column, text);
		case 'datetime':
			return quoted && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(text)
				? Date.parse(text)
				: invalidValue(column, text);
		case 'date':
			return quoted && /^\d{4}-\d\d-\d\d$/.test(text)
				? Date.parse(text)
				: invalidValue(column, text);
		case 'integer':
		case 'double':
		case 'currency':
			return Number.isFinite(Number(text)) ? Number(text) : invalidValue(column, text);
		case 'boolean':
			return /^(true|false)$/i.test(text) ? /^true$/i.test(text) : invalidValue(column, text);
		default:
			return quoted ? text.toLowerCase() : invalidValue(column, text);
	}
}

function invalidValue(column: Column, value: string): never {
	return invalidQuery('value given seems to be invalid for the column', {
		column_name: column.name,
		expected_data_type: column.definition.type,
		near: value,
	});
}

import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { momentOf } from '../../../actions/momentOf';
import { deskDateTime } from '../../dateTimes';
import type { ZohoDeskRequest } from '../../transport/zohoDesk';
import { refusal } from '../refusal';

/** Zoho knows `customField1` to `customField10`. */
const MOST_CUSTOM_FIELDS = 10;

/** A range of times always has two ends (zoho-desk.md, 5.1). */
const BEGINNING_OF_TIME = '1970-01-01T00:00:00.000Z';
const END_OF_TIME = '2100-01-01T00:00:00.000Z';

const time = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

/**
 * The conditions of a search, all of which a record has to meet.
 *
 * @param fields Zoho's own search parameters of the module
 */
export function searchFilters(
	fields: ReadonlyArray<{ name: string; value: string }>,
): INodeProperties {
	const filters: INodeProperties[] = [
		{
			displayName: 'All Columns',
			name: '_all',
			type: 'string',
			default: '',
			description: 'Text in any field. Zoho Desk takes no other filter together with this one.',
		},
		{
			displayName: 'Custom Fields',
			name: 'customFields',
			type: 'fixedCollection',
			placeholder: 'Add Field',
			typeOptions: { multipleValues: true },
			default: {},
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{
							displayName: 'API Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. cf_customer_class',
							description: 'As listed in Zoho Desk under Setup, Layouts and Fields',
						},
						{ displayName: 'Value', name: 'value', type: 'string', default: '' },
					],
				},
			],
		},
		time('Created After', 'createdAfter', 'Only records that were created at this time or later'),
		time(
			'Created Before',
			'createdBefore',
			'Only records that were created at this time or earlier',
		),
		time('Modified After', 'modifiedAfter', 'Only records that were changed at this time or later'),
		time(
			'Modified Before',
			'modifiedBefore',
			'Only records that were changed at this time or earlier',
		),
		...fields.map(
			({ name, value }): INodeProperties => ({
				displayName: name,
				name: value,
				type: 'string',
				default: '',
			}),
		),
	];
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		description:
			'An asterisk at the end of a value stands for anything, for telephone numbers also one at the beginning. Commas mean or. The search takes some minutes to know new records.',
		options: filters.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	};
}

/** The search parameters that `searchFilters` stand for. */
export function searchQueryOf(
	context: IExecuteFunctions,
	itemIndex: number,
): NonNullable<ZohoDeskRequest['query']> {
	const { customFields, createdAfter, createdBefore, modifiedAfter, modifiedBefore, ...texts } =
		context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const { field: custom = [] } = (customFields ?? {}) as {
		field?: Array<{ name: string; value: string }>;
	};
	const query: NonNullable<ZohoDeskRequest['query']> = {
		...customQuery(custom),
		createdTimeRange: rangeOf(context, createdAfter, createdBefore),
		modifiedTimeRange: rangeOf(context, modifiedAfter, modifiedBefore),
	};
	for (const [name, value] of Object.entries(texts)) {
		const text = String(value ?? '').trim();
		if (text !== '') query[name] = text;
	}
	const others = Object.keys(query).filter((name) => name !== '_all' && query[name] !== undefined);
	if (query._all !== undefined && others.length > 0) {
		throw refusal(
			`Zoho Desk does not combine All Columns with other filters (${others.join(', ')})`,
			'Remove one or the other.',
		);
	}
	return query;
}

function customQuery(fields: ReadonlyArray<{ name: string; value: string }>) {
	if (fields.length > MOST_CUSTOM_FIELDS) {
		throw refusal(
			`Zoho Desk takes ${MOST_CUSTOM_FIELDS} custom fields at most, and there are ${fields.length}`,
			'Leave some out.',
		);
	}
	return Object.fromEntries(
		fields.map(({ name, value }, index) => [`customField${index + 1}`, `${name}:${value}`]),
	);
}

function rangeOf(context: IExecuteFunctions, after: unknown, before: unknown): string | undefined {
	if (!after && !before) return undefined;
	const from = after ? timeOf(context, after) : BEGINNING_OF_TIME;
	const to = before ? timeOf(context, before) : END_OF_TIME;
	return `${from},${to}`;
}

function timeOf(context: IExecuteFunctions, value: unknown): string {
	const moment = momentOf(value, context.getTimezone());
	if (moment) return deskDateTime(moment);
	throw refusal(
		`"${String(value)}" in the filters is not a time`,
		'Give it as 2026-03-04T09:15:00+01:00.',
	);
}

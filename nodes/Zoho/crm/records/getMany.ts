import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';
import { shownFor } from '../../../actions/shownFor';
import { momentOf } from '../../../actions/momentOf';
import { zohoDateTime } from '../../dateTimes';
import { zohoCrmClient } from '../../transport/zohoCrm';
import {
	defaultListFields,
	fieldsOf,
	MAX_FIELDS_PER_REQUEST,
	refuseUnknownFields,
} from '../metadata/fields';
import { refusal } from '../refusal';
import { criteriaText, type Condition } from './criteria';
import { listFieldsOption, listFilters, listSort } from './listParameters';
import { listRecords } from './listRecords';
import type { RecordKind } from './RecordKind';

/** Lists records, filtered by fields or by the time of their last change. */
export function getMany(kind: RecordKind): Operation {
	return {
		description: shownFor(kind.resource, 'getAll', [
			...rowLimitFields,
			listFilters,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [listFieldsOption],
			},
			listSort,
		]),
		async execute(context, itemIndex) {
			const client = await zohoCrmClient(context, itemIndex);
			const fields = await fieldsOf(client, kind.module);
			const chosen = context.getNodeParameter('options.returnFields', itemIndex, []) as string[];
			refuseTooMany(chosen);
			const { conditions, combine } = conditionsOf(context, itemIndex);
			refuseUnknownFields(
				kind.module,
				[...chosen, ...conditions.map(({ field }) => field)],
				fields,
			);
			const modifiedSince = modifiedAfterOf(context, itemIndex);
			const sort = context.getNodeParameter('sort.rule', itemIndex, {}) as {
				by?: string;
				direction?: 'asc' | 'desc';
			};
			const records = await listRecords(client, {
				module: kind.module,
				fields: chosen.length > 0 ? chosen : defaultListFields(fields),
				limit: rowLimit(context, itemIndex),
				sortBy: sort.by,
				sortOrder: sort.by ? (sort.direction ?? 'desc') : undefined,
				modifiedSince: conditions.length === 0 ? modifiedSince : undefined,
				criteria: criteriaFor(conditions, combine, modifiedSince),
			});
			return records.map((json) => ({ json }));
		},
	};
}

function conditionsOf(context: IExecuteFunctions, itemIndex: number) {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const { condition } = (filters.conditions ?? {}) as { condition?: Condition[] };
	return {
		conditions: condition ?? [],
		combine: filters.combine === 'or' ? ('or' as const) : ('and' as const),
	};
}

/** The search takes no If-Modified-Since header; there, the time is one more condition. */
function criteriaFor(
	conditions: readonly Condition[],
	combine: 'and' | 'or',
	modifiedSince: string | undefined,
): string | undefined {
	if (conditions.length === 0) return undefined;
	const criteria = criteriaText(conditions, combine);
	return modifiedSince === undefined
		? criteria
		: `(${criteria}and(Modified_Time:greater_than:${modifiedSince}))`;
}

function modifiedAfterOf(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const given = context.getNodeParameter('filters.modifiedAfter', itemIndex, '');
	if (given === '' || given === null) return undefined;
	const moment = momentOf(given, context.getTimezone());
	if (moment) return zohoDateTime(moment);
	throw refusal(
		'The value of the filter Modified After is not a date',
		'Give it as 2026-03-04T09:15:00+01:00.',
	);
}

function refuseTooMany(chosen: readonly string[]): void {
	if (chosen.length <= MAX_FIELDS_PER_REQUEST) return;
	throw refusal(
		`Zoho CRM gives ${MAX_FIELDS_PER_REQUEST} fields at most, and ${chosen.length} are chosen`,
		'Choose fewer fields.',
	);
}

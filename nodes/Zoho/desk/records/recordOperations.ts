import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import type { RecordKind } from './RecordKind';
import { search } from './search';
import { update } from './update';

/** The operations that contacts and accounts have in common, by operation value. */
export function operationsFor(kind: RecordKind): Record<string, Operation> {
	return {
		create: create(kind),
		get: get(kind),
		getAll: getMany(kind),
		search: search(kind),
		update: update(kind),
	};
}

/** The operation selector of a resource, followed by the parameters of its operations. */
export function descriptionFor(
	{ resource, singular, plural }: RecordKind,
	operations: Record<string, Operation>,
): INodeProperties[] {
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: [
				{
					name: 'Create',
					value: 'create',
					description: `Create a new ${singular}`,
					action: `Create ${singular}`,
				},
				{
					name: 'Get',
					value: 'get',
					description: `Retrieve a ${singular}`,
					action: `Get ${singular}`,
				},
				{
					name: 'Get Many',
					value: 'getAll',
					description: `Retrieve a list of ${plural}`,
					action: `Get many ${plural}`,
				},
				{
					name: 'Search',
					value: 'search',
					description: `Retrieve ${plural} that meet conditions`,
					action: `Search ${plural}`,
				},
				{
					name: 'Update',
					value: 'update',
					description: `Change fields of a ${singular}`,
					action: `Update ${singular}`,
				},
			],
			default: 'create',
		},
		...Object.values(operations).flatMap(({ description }) => description),
	];
}

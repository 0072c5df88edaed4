import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { create } from './create';
import { createOrUpdate } from './createOrUpdate';
import { deleteRecord } from './deleteRecord';
import { get } from './get';
import { getMany } from './getMany';
import type { RecordKind } from './RecordKind';
import { update } from './update';

/** The operations that contacts, leads and accounts have in common, by operation value. */
export function operationsFor(kind: RecordKind): Record<string, Operation> {
	return {
		create: create(kind),
		upsert: createOrUpdate(kind),
		delete: deleteRecord(kind),
		get: get(kind),
		getAll: getMany(kind),
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
					name: 'Create or Update',
					value: 'upsert',
					description:
						'Create a new record, or update the current one if it already exists (upsert)',
					action: `Create or update ${singular}`,
				},
				{
					name: 'Delete',
					value: 'delete',
					description: `Move a ${singular} into the recycle bin`,
					action: `Delete ${singular}`,
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

import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../actions/Operation';

/** An option of Get Many. */
export const onlyWithNumberOption: INodeProperties = {
	displayName: 'Only With Number',
	name: 'onlyWithNumber',
	type: 'boolean',
	default: false,
	description: 'Whether to leave out customers without any telephone number',
};

/** The resource Customer of a service: its operations, and its parameters with what the drop-down says of each. */
export function customerResource(
	operations: { get: Operation; getAll: Operation },
	says: { get: string; getAll: string },
): { operations: Record<string, Operation>; properties: INodeProperties[] } {
	const properties: INodeProperties[] = [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['customer'] } },
			options: [
				{ name: 'Get', value: 'get', description: says.get, action: 'Get customer' },
				{
					name: 'Get Many',
					value: 'getAll',
					description: says.getAll,
					action: 'Get many customers',
				},
			],
			default: 'getAll',
		},
		...operations.get.description,
		...operations.getAll.description,
	];
	return { operations, properties };
}

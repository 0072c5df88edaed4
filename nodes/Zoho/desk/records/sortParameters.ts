import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** @param fields those that Zoho sorts by; the first one is chosen at the beginning */
export function sortParameter(
	fields: ReadonlyArray<{ name: string; value: string }>,
): INodeProperties {
	const [{ value: first }] = fields;
	return {
		displayName: 'Sort',
		name: 'sort',
		type: 'fixedCollection',
		placeholder: 'Add sort rule',
		default: {},
		options: [
			{
				displayName: 'Rule',
				name: 'rule',
				values: [
					{
						displayName: 'By',
						name: 'by',
						type: 'options',
						default: first,
						description: 'The field that decides the order',
						options: [...fields],
					},
					{
						displayName: 'Direction',
						name: 'direction',
						type: 'options',
						default: 'desc',
						description: 'Which end comes first',
						options: [
							{ name: 'Ascending', value: 'asc' },
							{ name: 'Descending', value: 'desc' },
						],
					},
				],
			},
		],
	};
}

/** The `sortBy` parameter; undefined for Zoho's own order. */
export function sortByOf(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const { by, direction = 'desc' } = context.getNodeParameter('sort.rule', itemIndex, {}) as {
		by?: string;
		direction?: 'asc' | 'desc';
	};
	return by && `${direction === 'desc' ? '-' : ''}${by}`;
}

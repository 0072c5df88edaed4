import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { RecordKind } from './RecordKind';

/** What Zoho adds to each record. */
export function includeOption({ includes }: RecordKind): INodeProperties {
	return {
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		default: [],
		description: 'Related records to add, with their names',
		options: [...includes],
	};
}

/** The `include` parameter; undefined if nothing is chosen. */
export function includeOf(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const chosen = context.getNodeParameter('options.include', itemIndex, []) as string[];
	return chosen.length > 0 ? chosen.join(',') : undefined;
}

import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

/** Shows properties for one operation of one resource only. */
export function shownFor(
	resource: string,
	operation: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return updateDisplayOptions(
		{ show: { resource: [resource], operation: [operation] } },
		properties,
	);
}

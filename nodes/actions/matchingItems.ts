import type { INodeListSearchItems } from 'n8n-workflow';

/** The entries of a drop-down whose name holds what somebody typed, in any case of letters. */
export function matchingItems(
	items: INodeListSearchItems[],
	filter: string | undefined,
): INodeListSearchItems[] {
	const wanted = filter?.trim().toLowerCase() ?? '';
	return items.filter(({ name }) => name.toLowerCase().includes(wanted));
}

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CallPage } from '../../../nodes/CallPage/CallPage.node';
import { runNode, type NodeSetup } from '../nodeContext.mts';

export const signingKey = 'signing key of the tests, 32 characters';
export const credentials = { callBridgeLinkApi: { signingKey, previousSigningKey: '' } };

/** The JSON that Call Page gives for one item. */
export async function callPage(
	resource: string,
	operation: string,
	parameters: INodeParameters,
	item: IDataObject = {},
	setup: NodeSetup = {},
): Promise<IDataObject> {
	const { items } = await runNode(new CallPage(), {
		parameters: { resource, operation, ...parameters },
		credentials,
		items: [item],
		...setup,
	});
	return items[0].json;
}

/** What n8n's Webhook gives when a browser opens the address. */
export function requestOf(url: string, headers: IDataObject = {}): IDataObject {
	return { headers, query: Object.fromEntries(new URL(url).searchParams), body: {} };
}

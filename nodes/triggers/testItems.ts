import type { INodeExecutionData } from 'n8n-workflow';

/** What tests in the editor have received, until their triggers show it. */
const received = new Map<string, INodeExecutionData[]>();

/** n8n drops what the webhook of a node with a trigger has received: it is kept for the trigger here. */
export function keepTestItems(triggerId: string, items: INodeExecutionData[]): void {
	received.set(triggerId, items);
}

/** What the webhook has received for the test of a trigger; undefined for nothing. */
export function takeTestItems(triggerId: string): INodeExecutionData[] | undefined {
	const items = received.get(triggerId);
	received.delete(triggerId);
	return items;
}

import type { IDataObject } from 'n8n-workflow';
import type { Customer } from '../../../customer/Customer';
import type { DeskEventType } from './eventTypes';

/** What one item tells; the README documents it key by key. */
export interface ToldEvent {
	type: DeskEventType;
	/** Milliseconds since 1970. */
	eventTimeMs: number;
	orgId: string;
	record: IDataObject;
	/** Left out if null. */
	previous: IDataObject | null;
	receivedBy: 'webhook' | 'search';
}

/**
 * The item that starts a workflow. The record is as Zoho Desk gives it, under the name of its kind.
 *
 * @param customer of a contact or account; left out if null
 */
export function triggerItem(told: ToldEvent, customer: Customer | null): IDataObject {
	const { type, eventTimeMs, orgId, record, previous, receivedBy } = told;
	return {
		event: type.name,
		eventTime: new Date(eventTimeMs).toISOString(),
		orgId,
		[type.kind]: record,
		...(previous && { previous }),
		...(customer && { customer: customer as unknown as IDataObject }),
		receivedBy,
	};
}

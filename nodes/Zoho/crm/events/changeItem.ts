import type { IDataObject } from 'n8n-workflow';
import type { ChangeName } from './triggerSettings';

/** What one item tells; the README documents it key by key. */
export interface ToldChange {
	change: ChangeName;
	module: string;
	recordId: string;
	/** As Zoho CRM shows it; null if it is gone. */
	record: IDataObject | null;
	/** API names; null where nobody knows. */
	changedFields: readonly string[] | null;
	/** Milliseconds since 1970. */
	eventTimeMs: number;
	receivedBy: 'notification' | 'search';
}

/** The item that starts a workflow. */
export function changeItem(told: ToldChange): IDataObject {
	const { change, module, recordId, record, changedFields, eventTimeMs, receivedBy } = told;
	return {
		event: change,
		module,
		recordId,
		record,
		changedFields: changedFields === null ? null : [...changedFields],
		eventTime: new Date(eventTimeMs).toISOString(),
		receivedBy,
	};
}

import type { IDataObject } from 'n8n-workflow';
import { customerOfRecord, deletedCustomer } from '../customers/customerOfRecord';
import { hasCustomers } from '../customers/customerModules';
import type { CrmField } from '../metadata/fields';
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

/**
 * The item that starts a workflow.
 *
 * @param fields of the module; they tell which fields hold telephone numbers
 */
export function changeItem(told: ToldChange, fields: readonly CrmField[]): IDataObject {
	const { change, module, recordId, record, changedFields, eventTimeMs, receivedBy } = told;
	return {
		event: change,
		module,
		recordId,
		record,
		changedFields: changedFields === null ? null : [...changedFields],
		eventTime: new Date(eventTimeMs).toISOString(),
		receivedBy,
		customer: customerOf(told, fields) as IDataObject | null,
	};
}

/** Null for modules whose records are no customers. */
function customerOf({ module, recordId, record }: ToldChange, fields: readonly CrmField[]) {
	if (record) return customerOfRecord(module, record, fields);
	return hasCustomers(module, fields) ? deletedCustomer(module, recordId) : null;
}

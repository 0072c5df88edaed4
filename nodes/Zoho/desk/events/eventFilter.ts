import type { IDataObject } from 'n8n-workflow';
import { isEqual } from 'lodash';
import type { DeskEventType } from './eventTypes';
import type { EventWish } from './triggerSettings';

/** What is known of an event when it is decided who wants it. */
export interface FilteredEvent {
	type: DeskEventType;
	record: IDataObject;
	/** Null where it is not known. */
	previous: IDataObject | null;
}

/**
 * Whether a trigger wants an event, apart from the department. Where nobody knows which fields have changed, it does:
 * better told than lost.
 */
export function passesFilters(
	{ events, ticketFields, threadDirection }: EventWish,
	{ type, record, previous }: FilteredEvent,
): boolean {
	if (!events.includes(type.name)) return false;
	if (type.kind === 'thread' && threadDirection && record.direction !== threadDirection) {
		return false;
	}
	if (type.name !== 'ticketUpdated' || ticketFields.length === 0 || previous === null) return true;
	return ticketFields.some(
		(name) => !isEqual(valueOf(record, name) ?? null, valueOf(previous, name) ?? null),
	);
}

/**
 * The department of the record itself, or the ticket whose department counts; null where departments do not apply, and
 * where Desk does not say, as of deleted tickets.
 */
export function departmentSource({
	type,
	record,
}: FilteredEvent): { departmentId: string } | { ticketId: string } | null {
	if (typeof record.departmentId === 'string') return { departmentId: record.departmentId };
	const isPart = ['attachment', 'comment', 'thread'].includes(type.kind);
	return isPart && typeof record.ticketId === 'string' ? { ticketId: record.ticketId } : null;
}

/** Whether the record itself does not say that it is of another department. */
export function mayBeInDepartments({ departmentIds }: EventWish, event: FilteredEvent): boolean {
	const source = departmentSource(event);
	if (departmentIds.length === 0 || source === null || !('departmentId' in source)) return true;
	return departmentIds.includes(source.departmentId);
}

/** Custom fields are in `cf` (zoho-desk.md, 3.3). */
function valueOf(record: IDataObject, name: string): unknown {
	return name.startsWith('cf_') ? (record.cf as IDataObject | null)?.[name] : record[name];
}

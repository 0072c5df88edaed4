import { DateTime } from 'luxon';
import type { Fields, StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskRequest } from '../apiMessage.mts';
import { unprocessable } from '../apiMessage.mts';
import { listOf } from '../paging.mts';
import type { DeskPortal } from '../portal.mts';
import { statusTypeOf } from '../records/showTicket.mts';

/**
 * The filters of `GET /tickets` (zoho-desk.md, 3.2). `departmentId` is let through and ignored, as one client saw
 * (unconfirmed): `departmentIds` is what filters.
 */
export function listFilter(portal: DeskPortal, request: DeskRequest) {
	const conditions: ((fields: Fields) => boolean)[] = [];
	for (const [parameter, field] of Object.entries({
		departmentIds: 'departmentId',
		status: 'status',
		priority: 'priority',
		channel: 'channel',
	})) {
		const wanted = listOf(request, parameter);
		if (wanted) conditions.push((fields) => wanted.includes(String(fields[field])));
	}
	const assignees = listOf(request, 'assignee');
	if (assignees) {
		conditions.push((fields) => assignees.includes(String(fields.assigneeId ?? 'Unassigned')));
	}
	const { dueDate, closedTime, receivedInDays } = request.query;
	if (dueDate !== undefined) conditions.push(dueCondition(portal, dueDate));
	if (closedTime !== undefined) conditions.push(closedCondition(portal, closedTime));
	if (receivedInDays !== undefined) conditions.push(receivedCondition(portal, receivedInDays));
	return ({ fields }: StoredRecord) => conditions.every((condition) => condition(fields));
}

/** Days and weeks are those of UTC, which is chosen; Zoho takes the time zone of the portal. */
function dueCondition(portal: DeskPortal, bucket: string) {
	const now = DateTime.fromMillis(portal.now(), { zone: 'utc' });
	if (bucket === 'overdue') {
		return ({ dueDate, status }: Fields) =>
			statusTypeOf(portal, status) !== 'Closed' &&
			typeof dueDate === 'string' &&
			Date.parse(dueDate) < portal.now();
	}
	const tomorrow = now.plus({ days: 1 });
	const periods: Record<string, [DateTime, DateTime]> = {
		today: [now.startOf('day'), now.endOf('day')],
		tomorrow: [tomorrow.startOf('day'), tomorrow.endOf('day')],
		currentWeek: [now.startOf('week'), now.endOf('week')],
		currentMonth: [now.startOf('month'), now.endOf('month')],
	};
	return within('dueDate', periods[bucket] ?? unknownBucket('dueDate', bucket));
}

function closedCondition(portal: DeskPortal, bucket: string) {
	const now = DateTime.fromMillis(portal.now(), { zone: 'utc' });
	const yesterday = now.minus({ days: 1 });
	const periods: Record<string, [DateTime, DateTime]> = {
		today: [now.startOf('day'), now],
		yesterday: [yesterday.startOf('day'), yesterday.endOf('day')],
		currentWeek: [now.startOf('week'), now],
		currentMonth: [now.startOf('month'), now],
	};
	const [, days] = /^last(3|7|15|30)days$/.exec(bucket) ?? [];
	if (days) return within('closedTime', [now.minus({ days: Number(days) }), now]);
	return within('closedTime', periods[bucket] ?? unknownBucket('closedTime', bucket));
}

/** It filters on the customer's last response, not on the creation. */
function receivedCondition(portal: DeskPortal, days: string) {
	if (!['15', '30', '90'].includes(days)) unknownBucket('receivedInDays', days);
	const now = DateTime.fromMillis(portal.now(), { zone: 'utc' });
	return within('customerResponseTime', [now.minus({ days: Number(days) }), now]);
}

function within(field: string, [from, to]: [DateTime, DateTime]) {
	return (fields: Fields) => {
		const time = Date.parse(String(fields[field]));
		return time >= from.toMillis() && time <= to.toMillis();
	};
}

function unknownBucket(name: string, bucket: string): never {
	return unprocessable(`The value '${bucket}' of '${name}' is invalid.`);
}

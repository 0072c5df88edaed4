import type { IDataObject } from 'n8n-workflow';

/** What Zoho Desk tells about when it happens. Comments, threads and attachments are those of tickets. */
export type DeskRecordKind =
	| 'account'
	| 'attachment'
	| 'call'
	| 'comment'
	| 'contact'
	| 'thread'
	| 'ticket';

export type DeskAction = 'created' | 'updated' | 'deleted';

/**
 * The fields by which two states of a record are told apart when they have the same second, the finest that Desk tells.
 * Only those which every answer of Desk has, in the same form (zoho-desk.md, 3.3, 4.1, 4.3 and 6.1).
 */
const COMPARED_FIELDS: Readonly<Record<DeskRecordKind, readonly string[]>> = {
	account: ['accountName', 'email', 'phone', 'website', 'fax'],
	attachment: ['name', 'isPublic'],
	call: ['subject', 'status', 'direction', 'ownerId', 'contactId', 'departmentId'],
	comment: ['content', 'isPublic'],
	contact: ['firstName', 'lastName', 'email', 'phone', 'mobile', 'accountId'],
	thread: ['status'],
	ticket: [
		'subject',
		'status',
		'priority',
		'channel',
		'assigneeId',
		'teamId',
		'contactId',
		'departmentId',
		'dueDate',
		'email',
		'phone',
	],
};

/** The same text for two answers about a record in the same state, be it an event, a search or a write. */
export function contentOf(kind: DeskRecordKind, record: IDataObject): string {
	return JSON.stringify(
		COMPARED_FIELDS[kind].map((name) => {
			const value = record[name];
			return value === null || value === undefined ? '' : String(value);
		}),
	);
}

/** When the record was changed last: ISO 8601 UTC in full seconds, as Desk says it; empty if it does not. */
export function modifiedTimeOf(record: IDataObject): string {
	const time = record.modifiedTime ?? record.commentedTime ?? record.createdTime;
	return typeof time === 'string' ? time : '';
}

/** Id of the agent who did it, as far as Desk says so: contacts and accounts, and what was deleted, name nobody. */
export function agentOf(
	kind: DeskRecordKind,
	action: DeskAction,
	record: IDataObject,
): string | null {
	const names =
		kind === 'comment'
			? ['commenterId']
			: kind === 'thread'
				? ['responderId']
				: kind === 'attachment'
					? ['creatorId']
					: action === 'created'
						? ['createdBy', 'creatorId']
						: ['modifiedBy'];
	const found = names.map((name) => record[name]).find((id) => typeof id === 'string');
	return typeof found === 'string' ? found : null;
}

/** Whether a record has the plain values that were sent, as far as it shows these fields. */
export function holdsValues(record: IDataObject, sent: IDataObject): boolean {
	const plain = Object.entries(sent).filter(
		([name, value]) => ['string', 'number', 'boolean'].includes(typeof value) && name in record,
	);
	return plain.length > 0 && plain.every(([name, value]) => String(record[name]) === String(value));
}

import type { DeskAction, DeskRecordKind } from '../../transport/deskRecords';

/** The events that people choose from. */
export type DeskEventName =
	| `${'account' | 'call' | 'contact' | 'ticket'}${'Created' | 'Updated' | 'Deleted'}`
	| `comment${'Created' | 'Updated'}`
	| `attachment${'Added' | 'Updated' | 'Deleted'}`
	| 'threadCreated';

export interface DeskEventType {
	name: DeskEventName;
	/** As Zoho Desk calls it. */
	eventType: string;
	/** Under this key the item holds the record. */
	kind: DeskRecordKind;
	action: DeskAction;
	/** Which filters Desk takes for it (zoho-desk.md, 8.3). */
	takesDepartments: boolean;
	takesPreviousState: boolean;
}

function eventType(
	name: DeskEventName,
	deskName: string,
	kind: DeskRecordKind,
	action: DeskAction,
	takes: 'nothing' | 'departments' | 'previousState' | 'both' = 'nothing',
): DeskEventType {
	return {
		name,
		eventType: deskName,
		kind,
		action,
		takesDepartments: takes === 'departments' || takes === 'both',
		takesPreviousState: takes === 'previousState' || takes === 'both',
	};
}

/** Names and filters as in zoho-desk.md, 8.3. */
export const DESK_EVENT_TYPES: readonly DeskEventType[] = [
	eventType('accountCreated', 'Account_Add', 'account', 'created'),
	eventType('accountDeleted', 'Account_Delete', 'account', 'deleted'),
	eventType('accountUpdated', 'Account_Update', 'account', 'updated', 'previousState'),
	eventType('attachmentAdded', 'Ticket_Attachment_Add', 'attachment', 'created', 'departments'),
	eventType('attachmentDeleted', 'Ticket_Attachment_Delete', 'attachment', 'deleted'),
	eventType(
		'attachmentUpdated',
		'Ticket_Attachment_Update',
		'attachment',
		'updated',
		'departments',
	),
	eventType('callCreated', 'Call_Add', 'call', 'created', 'departments'),
	eventType('callDeleted', 'Call_Delete', 'call', 'deleted'),
	eventType('callUpdated', 'Call_Update', 'call', 'updated', 'both'),
	eventType('commentCreated', 'Ticket_Comment_Add', 'comment', 'created', 'departments'),
	eventType('commentUpdated', 'Ticket_Comment_Update', 'comment', 'updated', 'departments'),
	eventType('contactCreated', 'Contact_Add', 'contact', 'created'),
	eventType('contactDeleted', 'Contact_Delete', 'contact', 'deleted'),
	eventType('contactUpdated', 'Contact_Update', 'contact', 'updated', 'previousState'),
	eventType('threadCreated', 'Ticket_Thread_Add', 'thread', 'created', 'departments'),
	eventType('ticketCreated', 'Ticket_Add', 'ticket', 'created', 'departments'),
	eventType('ticketDeleted', 'Ticket_Delete', 'ticket', 'deleted'),
	eventType('ticketUpdated', 'Ticket_Update', 'ticket', 'updated', 'both'),
];

const BY_NAME = new Map(DESK_EVENT_TYPES.map((each) => [each.name, each]));
const BY_DESK_NAME = new Map(DESK_EVENT_TYPES.map((each) => [each.eventType, each]));

export function eventTypeNamed(name: DeskEventName): DeskEventType {
	return BY_NAME.get(name) as DeskEventType;
}

export function typeOf(kind: DeskRecordKind, action: 'created' | 'updated'): DeskEventType {
	return DESK_EVENT_TYPES.find(
		(each) => each.kind === kind && each.action === action,
	) as DeskEventType;
}

/** Undefined for events that this package does not handle. */
export function eventTypeOf(deskName: unknown): DeskEventType | undefined {
	return typeof deskName === 'string' ? BY_DESK_NAME.get(deskName) : undefined;
}

/** The kinds of record that Desk searches by the time of their change (zoho-desk.md, 5). */
export const SEARCHED_KINDS = {
	ticket: 'tickets',
	contact: 'contacts',
	account: 'accounts',
	call: 'calls',
} as const;

export type SearchedKind = keyof typeof SEARCHED_KINDS;

export function isSearchedKind(kind: DeskRecordKind): kind is SearchedKind {
	return kind in SEARCHED_KINDS;
}

/** Whether a search shows that it has happened: what was deleted, and the parts of a ticket, cannot be searched for. */
export function isFoundBySearch({ kind, action }: DeskEventType): boolean {
	return isSearchedKind(kind) && action !== 'deleted';
}

import omit from 'lodash/omit.js';
import type { StoredRecord } from '../../crm/records/recordStore.mts';
import { agentInShort } from './showParts.mts';
import type { DeskPortal } from '../portal.mts';
import { customByLabel, deepLink, layoutInShort, partsOf, valuesOf } from './values.mts';
import { accountInShort } from './showPeople.mts';

/** zoho-desk.md, 3.3. */
export function showTicket(portal: DeskPortal, record: StoredRecord) {
	const { fields } = record;
	const statusType = statusTypeOf(portal, fields.status);
	const count = (module: string) => String(partsOf(portal, module, 'tickets', record.id).length);
	const isPast = (time: unknown) => typeof time === 'string' && Date.parse(time) < portal.now();
	return {
		id: record.id,
		ticketNumber: fields.ticketNumber,
		...valuesOf(portal, 'tickets', fields),
		statusType,
		channelCode: null,
		channelRelatedInfo: null,
		layoutId: fields.layoutId,
		layoutDetails: layoutInShort(portal, fields.layoutId),
		slaId: null,
		secondaryContacts: fields.secondaryContacts ?? [],
		sharedDepartments: fields.sharedDepartments ?? [],
		entitySkills: [],
		source: {
			appName: null,
			extId: null,
			permalink: null,
			type: 'SYSTEM',
			uuid: null,
			appPhotoURL: null,
		},
		createdTime: fields.createdTime,
		createdBy: fields.createdBy,
		modifiedTime: fields.modifiedTime,
		modifiedBy: fields.modifiedBy,
		customerResponseTime: fields.customerResponseTime,
		closedTime: fields.closedTime ?? null,
		onholdTime: fields.onholdTime ?? null,
		responseDueDate: null,
		threadCount: count('threads'),
		commentCount: count('comments'),
		taskCount: '0',
		timeEntryCount: '0',
		approvalCount: '0',
		attachmentCount: count('attachments'),
		tagCount: '0',
		followerCount: '0',
		isFollowing: false,
		isSpam: fields.isSpam ?? false,
		isTrashed: false,
		isDeleted: false,
		isArchived: false,
		isEscalated: fields.status === 'Escalated',
		isOverDue: statusType !== 'Closed' && isPast(fields.dueDate),
		isResponseOverdue: false,
		sentiment: null,
		cf: fields.cf,
		customFields: customByLabel(portal, 'tickets', fields),
		webUrl: deepLink(portal, 'Cases', record.id),
	};
}

/** What the full ticket has and a list does not (zoho-desk.md, 3.3). */
const NOT_IN_LISTS = [
	'description',
	'resolution',
	'modifiedTime',
	'modifiedBy',
	'classification',
	'cf',
	'customFields',
	'layoutDetails',
];

export function showTicketInList(portal: DeskPortal, record: StoredRecord) {
	const last = partsOf(portal, 'threads', 'tickets', record.id).at(-1)?.fields;
	return {
		...omit(showTicket(portal, record), NOT_IN_LISTS),
		relationshipType: 'None',
		lastThread: last
			? { channel: last.channel, direction: last.direction, isDraft: false, isForward: false }
			: null,
	};
}

/** What `include` adds, by its words. */
export function relatedToTicket(
	portal: DeskPortal,
	record: StoredRecord,
	include: string[],
): Record<string, unknown> {
	const { departmentId, assigneeId, contactId } = record.fields;
	const department = portal.departments.find(({ id }) => id === departmentId);
	const related: Record<string, () => object> = {
		contacts: () => ({ contact: contactInShort(portal, contactId) }),
		assignee: () => ({ assignee: agentInShort(portal, assigneeId) }),
		departments: () => ({
			department: department ? { id: department.id, name: department.name } : null,
		}),
		products: () => ({ product: null }),
		team: () => ({ team: null }),
		isRead: () => ({ isRead: false }),
	};
	return Object.assign({}, ...include.map((word) => related[word]()));
}

function contactInShort(portal: DeskPortal, contactId: unknown) {
	const contact = portal.store.get('contacts', String(contactId))?.fields;
	if (!contact) return null;
	return {
		id: contact.id,
		firstName: contact.firstName ?? null,
		lastName: contact.lastName,
		phone: contact.phone ?? null,
		mobile: contact.mobile ?? null,
		email: contact.email ?? null,
		type: contact.type ?? null,
		account: accountInShort(portal, contact.accountId),
	};
}

export function statusTypeOf(portal: DeskPortal, status: unknown) {
	return portal.statuses.find(({ value }) => value === status)?.statusType ?? 'Open';
}

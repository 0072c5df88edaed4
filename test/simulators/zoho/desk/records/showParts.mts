import type { StoredRecord } from '../../crm/records/recordStore.mts';
import type { DeskPortal } from '../portal.mts';

/** zoho-desk.md, 3.4 (unconfirmed as a complete set). */
export function showComment(portal: DeskPortal, record: StoredRecord) {
	const { fields } = record;
	const agent = portal.agents.find(({ id }) => id === fields.createdBy);
	return {
		id: record.id,
		content: fields.content,
		// Only comments of tickets have these two.
		...(fields.parentModule === 'tickets' && {
			contentType: fields.contentType,
			isPublic: fields.isPublic,
		}),
		commenterId: fields.createdBy,
		commenter: agent && {
			name: `${agent.firstName} ${agent.lastName}`,
			firstName: agent.firstName,
			lastName: agent.lastName,
			email: agent.emailId,
			type: 'AGENT',
			roleName: agent.rolePermissionType === 'Admin' ? 'CEO' : 'Agent',
			photoURL: null,
		},
		commentedTime: fields.createdTime,
		modifiedTime: fields.modifiedTime,
		attachments: filesOfComment(portal, record),
	};
}

/** Chosen: the address is that of the comment, as attachments of a ticket have that of the ticket. */
function filesOfComment(portal: DeskPortal, { id, fields }: StoredRecord): object[] {
	const attachments = (fields.attachments ?? []) as { id: string }[];
	const parent = `${portal.baseUrl()}/api/v1/${String(fields.parentModule)}/${String(fields.parentId)}`;
	return attachments.map((each) => ({
		...each,
		href: `${parent}/comments/${id}/attachments/${each.id}/content`,
	}));
}

/** zoho-desk.md, 3.5. */
export function showThread(portal: DeskPortal, record: StoredRecord) {
	const { fields } = record;
	const content = String(fields.content ?? '');
	const attachments = (fields.attachments ?? []) as object[];
	return {
		id: record.id,
		channel: fields.channel,
		direction: fields.direction,
		status: fields.status,
		summary: plainTextOf(content).slice(0, 100),
		content,
		contentType: fields.contentType,
		author: authorOf(portal, fields),
		responderId: fields.direction === 'out' ? fields.createdBy : null,
		hasAttach: attachments.length > 0,
		attachmentCount: String(attachments.length),
		attachments,
		isDescriptionThread: fields.isDescriptionThread ?? false,
		isForward: fields.isForward ?? false,
		isContentTruncated: false,
		fullContentURL: null,
		canReply: canReply(fields),
		visibility: 'public',
		source: { extId: null, appName: null, appPhotoURL: null, permalink: null, type: 'SYSTEM' },
		channelRelatedInfo: null,
		respondedIn: null,
		readReceipts: null,
		impersonatedUser: null,
		actions: [],
		createdTime: fields.createdTime,
		...(fields.channel === 'EMAIL' && {
			to: fields.to ?? null,
			cc: fields.cc ?? null,
			bcc: fields.bcc ?? null,
			fromEmailAddress: fields.fromEmailAddress ?? null,
			replyTo: null,
		}),
	};
}

/** Chosen: what came by a channel for which sendReply has no value cannot be replied to, except what e-mail reaches. */
export function canReply({ channel }: StoredRecord['fields']): boolean {
	return ['EMAIL', 'WEB', 'FACEBOOK', 'TWITTER', 'FORUMS'].includes(String(channel));
}

function authorOf(portal: DeskPortal, fields: StoredRecord['fields']) {
	const ofAgent = fields.direction === 'out';
	const ticket = portal.store.get('tickets', String(fields.parentId))?.fields;
	const person = ofAgent
		? portal.agents.find(({ id }) => id === fields.createdBy)
		: portal.store.get('contacts', String(ticket?.contactId))?.fields;
	if (!person) return null;
	const first = (person.firstName as string | null) ?? null;
	const last = person.lastName as string;
	return {
		id: person.id,
		name: first === null ? last : `${first} ${last}`,
		email: ('emailId' in person ? person.emailId : (person as { email?: string }).email) ?? null,
		photoURL: null,
		type: ofAgent ? 'AGENT' : 'END_USER',
		firstName: first,
		lastName: last,
	};
}

export function plainTextOf(html: string): string {
	return html
		.replace(/<br\s*\/?>|<\/(p|div)>/gi, '\n')
		.replace(/<[^>]*>/g, '')
		.trim();
}

/** zoho-desk.md, 3.6. Uploads show the same without an address to load them from. */
export function showAttachment(portal: DeskPortal, record: StoredRecord) {
	const { name, size, parentModule, parentId, isPublic, createdTime, createdBy } = record.fields;
	const shown = { id: record.id, name, size };
	if (parentModule === undefined) return shown;
	const address = `${portal.baseUrl()}/api/v1/${String(parentModule)}/${String(parentId)}`;
	return {
		...shown,
		href: `${address}/attachments/${record.id}/content`,
		isPublic,
		createdTime,
		creatorId: createdBy,
	};
}

export function agentInShort(portal: DeskPortal, agentId: unknown) {
	const agent = portal.agents.find(({ id }) => id === agentId);
	if (!agent) return null;
	const { id, firstName, lastName, emailId } = agent;
	return { id, firstName, lastName, email: emailId, photoURL: null };
}

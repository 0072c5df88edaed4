import type { Fields, StoredRecord } from '../../crm/records/recordStore.mts';
import type { FieldError } from '../apiMessage.mts';
import { fieldError, refuse, refuseIfAny } from '../apiMessage.mts';
import type { DeskPortal } from '../portal.mts';
import { partOf } from './files.mts';
import { canReply } from './showParts.mts';
import { showRecord } from './showRecord.mts';
import { updateTicket } from './tickets.mts';
import { partsOf } from './values.mts';
import type { Actor } from './writing.mts';
import { storeNew } from './writing.mts';

/** Chosen; the reference names no length of comments. */
const LONGEST_COMMENT = 65_535;
const REPLY_CHANNELS = ['EMAIL', 'FACEBOOK', 'TWITTER', 'FORUMS'];

/** `contentType`, `isPublic` and `attachmentIds` exist on tickets only (zoho-desk.md, 3.4, unconfirmed). */
export function createComment(
	portal: DeskPortal,
	actor: Actor,
	parent: StoredRecord,
	sent: Fields,
): StoredRecord {
	const ofTicket = parent.module === 'tickets';
	const { content, contentType = 'html', isPublic = false } = sent;
	const known = ['content', ...(ofTicket ? ['contentType', 'isPublic', 'attachmentIds'] : [])];
	const errors = unknownNames(sent, known);
	checkContent(content, errors);
	if (contentType !== 'html' && contentType !== 'plainText') errors.push(fieldError('contentType'));
	if (typeof isPublic !== 'boolean') errors.push(fieldError('isPublic'));
	const attachments = takeUploads(portal, sent.attachmentIds, errors);
	refuseIfAny(errors);
	return storeNew(portal, actor, 'comments', {
		...partOf(parent),
		content,
		contentType,
		isPublic,
		attachments,
	});
}

function checkContent(content: unknown, errors: FieldError[]): void {
	if (content === undefined || content === '') errors.push(fieldError('content', 'missing'));
	else if (typeof content !== 'string' || content.length > LONGEST_COMMENT) {
		errors.push(fieldError('content'));
	}
}

const REPLY_FIELDS = [
	'channel',
	'content',
	'contentType',
	'fromEmailAddress',
	'to',
	'cc',
	'bcc',
	'isPrivate',
	'isForward',
	'inReplyToThreadId',
	'attachmentIds',
	'direction',
	'sendImmediately',
	'ticketStatus',
];

/**
 * `POST /tickets/{id}/sendReply` (zoho-desk.md, 3.5). Chosen: an e-mail needs a sender, which is one of the support
 * addresses, and a receiver; other channels are refused, since no ticket here comes from them. The thread that is
 * replied to belongs to the ticket and can be replied to.
 */
export function sendReply(
	portal: DeskPortal,
	actor: Actor,
	ticket: StoredRecord,
	sent: Fields,
): StoredRecord {
	const { channel, contentType = 'html', fromEmailAddress, inReplyToThreadId, ticketStatus } = sent;
	const errors = unknownNames(sent, REPLY_FIELDS);
	for (const name of ['channel', 'content']) {
		if (!sent[name]) errors.push(fieldError(name, 'missing'));
	}
	if (channel && !REPLY_CHANNELS.includes(String(channel))) errors.push(fieldError('channel'));
	if (contentType !== 'html' && contentType !== 'plainText') errors.push(fieldError('contentType'));
	const attachments = takeUploads(portal, sent.attachmentIds, errors);
	for (const name of ['content', 'to', 'cc', 'bcc', 'ticketStatus']) {
		if (sent[name] !== undefined && typeof sent[name] !== 'string') errors.push(fieldError(name));
	}
	const answered = partsOf(portal, 'threads', 'tickets', ticket.id).find(
		({ id }) => id === inReplyToThreadId,
	);
	if (inReplyToThreadId !== undefined && !answered) errors.push(fieldError('inReplyToThreadId'));
	if (channel === 'EMAIL') {
		for (const name of ['to', 'cc', 'bcc']) {
			if (sent[name] && !areAddresses(String(sent[name]))) errors.push(fieldError(name));
		}
		if (!sent.to) errors.push(fieldError('to', 'missing'));
		const isOurs = portal.supportAddresses.some(({ address }) => address === fromEmailAddress);
		if (!isOurs)
			errors.push(fieldError('fromEmailAddress', fromEmailAddress ? 'invalid' : 'missing'));
	}
	refuseIfAny(errors);
	if (channel !== 'EMAIL' || (answered && !canReply(answered.fields))) {
		refuse(422, 'UNPROCESSABLE_ENTITY', 'The ticket cannot be replied to in this channel.');
	}
	if (ticketStatus !== undefined) updateTicket(portal, actor, ticket, { status: ticketStatus });
	return storeNew(portal, actor, 'threads', {
		...partOf(ticket),
		...sent,
		contentType: contentType === 'html' ? 'text/html' : 'text/plain',
		direction: 'out',
		status: 'PENDING',
		attachments,
	});
}

function areAddresses(list: string): boolean {
	return list.split(',').every((part) => /^[^@]*[^\s@<]+@[^\s@>]+>?$/.test(part.trim()));
}

function takeUploads(portal: DeskPortal, ids: unknown, errors: FieldError[]): object[] {
	if (ids === undefined) return [];
	const uploads = (Array.isArray(ids) ? ids : []).map((id) =>
		portal.store.get('uploads', String(id)),
	);
	if (!Array.isArray(ids) || uploads.includes(undefined)) {
		errors.push(fieldError('attachmentIds'));
		return [];
	}
	return uploads.map((upload) => showRecord(portal, upload as StoredRecord));
}

export function unknownNames(sent: Fields, known: string[]): FieldError[] {
	return Object.keys(sent)
		.filter((name) => !known.includes(name))
		.map((name) => fieldError(name));
}

import type { Stack } from '../../e2e/stack/startStack.mts';
import { chatWith, CONVERSATIONS, ticketOf, type Conversation } from './conversations.mts';
import type { WeChat, Writer } from './openWeChat.mts';

/** A file as the page links to it. */
interface ShownFile {
	name: string;
	url: string;
	isPicture: boolean;
}

export interface ConversationView {
	externalUserId: string;
	nickname: string;
	chat: Array<{ isCustomer: boolean; text: string; file: ShownFile | null; at: string }>;
	/** What n8n counts; null before the first message. */
	messagesLeft: number | null;
	windowEndsAt: string | null;
	source: string | null;
	ticket: {
		id: string;
		number: string;
		subject: string;
		status: string;
		department: string;
		contact: string;
	} | null;
	comments: Array<{
		author: string;
		isPublic: boolean;
		text: string;
		at: string;
		files: ShownFile[];
	}>;
	/** Files on the ticket itself. */
	attachments: ShownFile[];
}

/** All conversations as the page shows them, both sides of each. */
export async function conversationViews(stack: Stack, weChat: WeChat): Promise<ConversationView[]> {
	const known = await stack.client.readRows<Conversation>(CONVERSATIONS);
	return weChat.writers.map((writer) => {
		const row = known.find(({ externalUserId }) => externalUserId === writer.externalUserId);
		return {
			externalUserId: writer.externalUserId,
			nickname: writer.nickname,
			chat: shownChat(stack, weChat, writer),
			messagesLeft: row?.messagesLeft ?? null,
			windowEndsAt: row?.windowEndsAt ?? null,
			source: row?.source || null,
			...shownTicket(stack, row?.ticketId),
		};
	});
}

function shownChat(stack: Stack, weChat: WeChat, writer: Writer): ConversationView['chat'] {
	return chatWith(stack, weChat, writer).map(({ from, type, text, file, at, msgid }) => ({
		isCustomer: from === 'customer',
		text: text ?? (file ? '' : `[${type}]`),
		file: file
			? shownFile(file.name, `/weChat/files/${writer.externalUserId}/${encodeURIComponent(msgid)}`)
			: null,
		at: new Date(at).toISOString(),
	}));
}

function shownTicket(stack: Stack, ticketId: string | null | undefined) {
	const found = ticketOf(stack, ticketId);
	if (!found) return { ticket: null, comments: [], attachments: [] };
	const { ticket, comments, attachments } = found;
	const { desk } = stack.zoho;
	const contact = desk.records('contacts').find(({ id }) => id === ticket.contactId);
	const attached = ({ id, name }: { id: string; name: string }) =>
		shownFile(name, `/weChat/attachments/${ticket.id}/${id}`);
	return {
		ticket: {
			id: ticket.id,
			number: ticket.ticketNumber,
			subject: ticket.subject,
			status: ticket.status,
			department: desk.departments.find(({ id }) => id === ticket.departmentId)?.name ?? '',
			contact: [contact?.firstName, contact?.lastName].filter(Boolean).join(' '),
		},
		comments: comments.map((comment) => ({
			author: comment.commenter?.name ?? '',
			isPublic: comment.isPublic,
			text: comment.content,
			at: comment.commentedTime,
			files: comment.attachments.map(attached),
		})),
		attachments: attachments.map(attached),
	};
}

const shownFile = (name: string, url: string): ShownFile => ({
	name,
	url,
	isPicture: /\.(png|jpe?g)$/i.test(name),
});

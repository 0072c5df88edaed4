import type { Stack } from '../../e2e/stack/startStack.mts';
import type { WeChat, Writer } from './openWeChat.mts';

/** The data tables in which the templates keep what customers write, and where. */
export const CONVERSATIONS = 'callbridge_conversations';
export const MESSAGES = 'callbridge_messages';

export interface Comment {
	id: string;
	content: string;
	isPublic: boolean;
	commentedTime: string;
	commenter?: { name: string };
	attachments: Attachment[];
}

export interface Attachment {
	id: string;
	name: string;
	href: string;
}

export interface Ticket {
	id: string;
	ticketNumber: string;
	subject: string;
	description: string;
	status: string;
	departmentId: string;
	contactId: string;
}

export interface Conversation {
	externalUserId: string;
	ticketId: string | null;
	messagesLeft: number | null;
	windowEndsAt: string | null;
	scene: string | null;
	source: string | null;
}

/** What n8n knows of a customer's conversation; undefined before the first entry or message. */
export async function conversationWith(
	{ client }: Stack,
	{ externalUserId }: Writer,
): Promise<Conversation | undefined> {
	return (await client.readRows<Conversation>(CONVERSATIONS, { externalUserId })).at(0);
}

/** What the customer sees in WeChat. */
export function chatWith({ wecom }: Stack, { openKfId }: WeChat, { externalUserId }: Writer) {
	return wecom.chat(openKfId, externalUserId);
}

/** A ticket with what is on it. */
export function ticketOf({ zoho: { desk } }: Stack, ticketId: string | null | undefined) {
	const ticket = desk.records('tickets').find(({ id }) => id === ticketId);
	if (!ticketId || !ticket) return undefined;
	return {
		ticket: ticket as unknown as Ticket,
		comments: desk.partsOf('comments', ticketId) as unknown as Comment[],
		attachments: desk.partsOf('attachments', ticketId) as unknown as Attachment[],
	};
}

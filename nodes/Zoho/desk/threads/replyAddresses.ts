import type { IDataObject } from 'n8n-workflow';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { deskRecordPath } from '../../transport/deskPaths';
import { supportAddresses } from '../metadata/supportAddresses';
import { foundRecord } from '../records/foundRecord';
import { refusal } from '../refusal';

/** Between whom an e-mail goes; several addresses with commas in between. */
export interface ReplyAddresses {
	fromEmailAddress: string;
	to: string;
}

/**
 * Fills in what was left empty: the first address of the ticket's department, and the e-mail address of the ticket or
 * its contact. One credit if anything is missing, and three every ten minutes for the addresses of a department.
 *
 * @throws ServiceError if the ticket has no address to which Zoho Desk could write
 */
export async function replyAddresses(
	client: ZohoDeskClient,
	ticketId: string,
	given: ReplyAddresses,
): Promise<ReplyAddresses> {
	if (given.fromEmailAddress !== '' && given.to !== '') return given;
	const ticket = await foundRecord(
		'tickets',
		ticketId,
		async () =>
			await client.read({
				method: 'GET',
				path: deskRecordPath('tickets', ticketId),
				query: { include: 'contacts' },
			}),
	);
	return {
		to: given.to || receiverOf(ticket),
		fromEmailAddress: given.fromEmailAddress || (await senderFor(client, ticket)),
	};
}

function receiverOf(ticket: IDataObject): string {
	const { email, channel, contact } = ticket as {
		email?: string | null;
		channel?: string | null;
		contact?: { email?: string | null } | null;
	};
	const address = email || contact?.email;
	if (address) return address;
	throw refusal(
		`The ticket came by ${channel || 'a channel without addresses'}, and neither it nor its contact has an e-mail address`,
		'Zoho Desk cannot answer by telephone, SMS or instant message. Fill in To, or give the contact an e-mail address.',
	);
}

async function senderFor(client: ZohoDeskClient, { departmentId }: IDataObject): Promise<string> {
	const [first] = await supportAddresses(client, String(departmentId));
	if (first) return first;
	throw refusal(
		'The department of the ticket has no e-mail address to write from',
		'Add one in Zoho Desk under Setup > Channels > Email, or fill in From Address.',
	);
}

import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { callIn } from '../../../../caller/callInItem';
import { isDryRun } from '../../../../caller/dryRun';
import { deskId } from '../../../transport/deskPaths';
import { zohoDeskClient, type ZohoDeskClient } from '../../../transport/zohoDesk';
import { textParameter } from '../../../../actions/textParameter';
import { fileOfItem } from '../../files/fileOfItem';
import { recordLocator } from '../../parameters';
import { refusal } from '../../refusal';
import { readThread } from '../../threads/reading';
import { replyAddresses } from '../../threads/replyAddresses';
import { sendReply, type ReplyWrite } from '../../threads/writing';
import { ticketPicklist } from '../ticket/picklist';

const EMAIL = 'EMAIL';

/** There is no value for telephone, SMS and instant messages (zoho-desk.md, 3.5). */
const CHANNELS = [
	{ name: 'Email', value: EMAIL },
	{ name: 'Facebook', value: 'FACEBOOK' },
	{ name: 'Forums', value: 'FORUMS' },
	{ name: 'Twitter', value: 'TWITTER' },
];

const onlyForEmail = { show: { channel: [EMAIL] } };

const parameters: INodeProperties[] = [
	recordLocator('Ticket'),
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		default: EMAIL,
		description:
			'How the customer gets the reply. Zoho Desk cannot reply by telephone, SMS or instant message.',
		options: CHANNELS,
	},
	{
		...ticketPicklist('From Address', 'from', 'getSupportAddresses'),
		typeOptions: {
			loadOptionsMethod: 'getSupportAddresses',
			loadOptionsDependsOn: ['recordId.value'],
		},
		description:
			'Support address of Zoho Desk that the email comes from; without one the first of the ticket\'s department. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		displayOptions: onlyForEmail,
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'string',
		default: '',
		placeholder: 'e.g. info@example.com',
		description:
			'Email addresses with commas in between. Empty takes that of the ticket or of its contact, for one API credit more.',
		displayOptions: onlyForEmail,
	},
	{
		displayName: 'Content',
		name: 'content',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		description: 'If the item holds a call, the same text is sent once for the call',
	},
	{
		displayName: 'Content Type',
		name: 'contentType',
		type: 'options',
		default: 'plainText',
		description: 'How Zoho Desk reads the content',
		options: [
			{ name: 'HTML', value: 'html' },
			{ name: 'Plain Text', value: 'plainText' },
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'BCC',
				name: 'bcc',
				type: 'string',
				default: '',
				placeholder: 'e.g. info@example.com',
				description: 'Email addresses with commas in between',
			},
			{
				displayName: 'CC',
				name: 'cc',
				type: 'string',
				default: '',
				placeholder: 'e.g. info@example.com',
				description: 'Email addresses with commas in between',
			},
			{
				displayName: 'In Reply to Thread ID',
				name: 'inReplyTo',
				type: 'string',
				default: '',
				placeholder: 'e.g. 431000000006907011',
				description:
					'The thread that is answered. It is read first, for one API credit, since Zoho Desk cannot reply to all of them.',
			},
			{
				displayName: 'Input Binary Fields',
				name: 'binaryPropertyNames',
				type: 'string',
				default: 'data',
				hint: 'The names of the input binary fields containing the files, with commas in between',
				description: 'Files to attach, of 20 MB at most, for one API credit each',
			},
			{
				displayName: 'Look for an Earlier Reply',
				name: 'lookFirst',
				type: 'boolean',
				default: false,
				description:
					'Whether to look first if the ticket has got this reply since the call in the item, for three API credits more, and one for each message that was sent since. Useful for calls of the past.',
			},
			ticketPicklist('Status After Sending', 'ticketStatus', 'getTicketStatuses'),
		],
	},
];

/** Sends a reply to the customer of a ticket, once for a call and a text, and adds it to the item as `reply`. */
export const reply: Operation = {
	description: shownFor('thread', 'reply', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		if (isDryRun(json)) {
			const replySkipped = 'Nothing is sent in a dry run.';
			return [{ json: { ...json, reply: null, replySkipped }, binary }];
		}
		const ticketId = deskId(locatedValue(context, 'recordId', itemIndex));
		const channel = channelOf(context, itemIndex);
		const content = textParameter(context, 'content', itemIndex);
		if (content === '') throw refusal('The reply is empty', 'Fill in the parameter Content.');
		const contentType = context.getNodeParameter(
			'contentType',
			itemIndex,
		) as ReplyWrite['body']['contentType'];
		const files = await filesOf(context, itemIndex);
		const client = await zohoDeskClient(context, itemIndex);
		const { thread, isNew } = await sendReply(context, client, itemIndex, {
			ticketId,
			body: {
				channel,
				content,
				contentType,
				...(await answeredThread(context, client, itemIndex, ticketId)),
				...(channel === EMAIL ? await emailFields(context, client, itemIndex, ticketId) : {}),
				...filled({ ticketStatus: textParameter(context, 'options.ticketStatus', itemIndex) }),
			},
			files,
			typed: [
				channel,
				content,
				...['to', 'options.cc', 'options.bcc'].map((name) =>
					textParameter(context, name, itemIndex),
				),
			],
			lookFirst:
				callIn(json) !== null &&
				(context.getNodeParameter('options.lookFirst', itemIndex, false) as boolean),
		});
		return [{ json: { ...json, reply: { ...thread, alreadySent: !isNew } }, binary }];
	},
};

function channelOf(context: IExecuteFunctions, itemIndex: number): string {
	const channel = String(context.getNodeParameter('channel', itemIndex)).toUpperCase();
	if (CHANNELS.some(({ value }) => value === channel)) return channel;
	throw refusal(
		`Zoho Desk cannot reply by ${channel}`,
		'It replies by Email, Facebook, Forums and Twitter. Call the customer back, or write by Email.',
	);
}

async function answeredThread(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	ticketId: string,
): Promise<IDataObject> {
	const id = textParameter(context, 'options.inReplyTo', itemIndex);
	if (id === '') return {};
	const thread = await readThread(client, ticketId, id);
	if (String(thread.canReply) !== 'false') return { inReplyToThreadId: id };
	throw refusal(
		`Zoho Desk cannot reply to the thread ${id}, which came by ${String(thread.channel)}`,
		'Leave In Reply to Thread ID empty to write an email, or answer where the customer wrote.',
	);
}

async function emailFields(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	ticketId: string,
): Promise<IDataObject> {
	const text = (name: string) => textParameter(context, name, itemIndex);
	return {
		...(await replyAddresses(client, ticketId, { fromEmailAddress: text('from'), to: text('to') })),
		...filled({ cc: text('options.cc'), bcc: text('options.bcc') }),
	};
}

async function filesOf(context: IExecuteFunctions, itemIndex: number) {
	const fields = textParameter(context, 'options.binaryPropertyNames', itemIndex)
		.split(',')
		.map((field) => field.trim())
		.filter((field) => field !== '');
	return await Promise.all(
		fields.map(async (field) => await fileOfItem(context, itemIndex, field)),
	);
}

function filled(values: Record<string, string>): IDataObject {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

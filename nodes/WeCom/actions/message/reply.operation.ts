import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { fileOfItem } from '../../../actions/fileOfItem';
import { momentOf } from '../../../actions/momentOf';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { textParameter } from '../../../actions/textParameter';
import { systemClock } from '../../../transport/Clock';
import type { TransferredFile } from '../../../transport/multipart';
import { ServiceError } from '../../../transport/ServiceError';
import { objectionToSize, type Objection } from '../../files/checkFile';
import { refusal } from '../../refusal';
import { replyWindow, type ReplyWindow } from '../../replyWindow/replyWindow';
import { idBaseOfItem, sendingOptions } from '../../sending/messageParameters';
import { notSent, sendReply } from '../../sending/sendReply';
import { textOfAgentHtml } from '../../texts/agentText';
import { weComClient } from '../../transport/weCom';
import { conversationFields, conversationOf } from '../parameters';

const parameters: INodeProperties[] = [
	...conversationFields,
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. Your parcel is on its way.',
		description:
			'May be empty if there are files. A text of more than 2048 bytes is cut into messages.',
	},
	{
		displayName: 'Text Format',
		name: 'textFormat',
		type: 'options',
		default: 'plain',
		options: [
			{
				name: 'HTML',
				value: 'html',
				description:
					'Line breaks, lists and addresses of links stay, the quoted history of an email is left out',
			},
			{ name: 'Plain Text', value: 'plain', description: 'Sent as it is' },
		],
	},
	{
		displayName: 'Include Files',
		name: 'includeFiles',
		type: 'boolean',
		default: true,
		description:
			'Whether to send the files in all binary fields of the item, after the text: JPG and PNG as images, AMR as voice, MP4 as video, all others as files',
	},
	{
		displayName: 'Last Customer Message At',
		name: 'lastCustomerMessageAt',
		type: 'string',
		default: "={{ $json.lastCustomerMessageAt ?? '' }}",
		placeholder: 'e.g. 2026-03-02T10:15:32Z',
		description:
			'When the customer has written last. A reply more than 48 hours later is not sent. If empty, WeCom decides.',
	},
	{
		displayName: 'Messages Left',
		name: 'messagesLeft',
		type: 'string',
		default: "={{ $json.messagesLeft ?? '' }}",
		placeholder: 'e.g. 5',
		description:
			'How many messages may still follow the last one of the customer. A reply that makes more is not sent. If empty, all 5.',
	},
	sendingOptions,
];

/**
 * Sends what an agent has written, all of it or nothing, and adds `reply` to the item: what became of it, and why. What the
 * agent has to hear of is no error.
 */
export const reply: Operation = {
	description: shownFor('message', 'reply', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const conversation = conversationOf(context, itemIndex);
		const window = windowOf(context, itemIndex);
		const idBase = idBaseOfItem(context, itemIndex);
		const files = await filesOf(context, itemIndex);
		if (!Array.isArray(files)) {
			return [{ json: { ...json, reply: { ...notSent(window, files) } }, binary }];
		}
		const client = await weComClient(context, itemIndex);
		const result = await sendReply(
			client,
			{
				...conversation,
				text: textOf(context, itemIndex),
				files,
				window,
				idBase,
				timeZone: context.getTimezone(),
			},
			DateTime.fromMillis(systemClock.now()),
		);
		return [{ json: { ...json, reply: { ...result } }, binary }];
	},
};

function textOf(context: IExecuteFunctions, itemIndex: number): string {
	const text = textParameter(context, 'text', itemIndex);
	return context.getNodeParameter('textFormat', itemIndex) === 'html'
		? textOfAgentHtml(text)
		: text;
}

function windowOf(context: IExecuteFunctions, itemIndex: number): ReplyWindow {
	const given: unknown = context.getNodeParameter('lastCustomerMessageAt', itemIndex, '');
	const isKnown = given !== null && given !== undefined && given !== '';
	const wrote = isKnown ? momentOf(given, context.getTimezone()) : null;
	if (isKnown && wrote === null) {
		throw refusal(
			'The value of the parameter Last Customer Message At is no date and time',
			'Use a form such as 2026-03-02T10:15:00Z, as the trigger gives it in sentAt.',
		);
	}
	const left = textParameter(context, 'messagesLeft', itemIndex);
	if (left !== '' && !/^-?\d+(\.\d+)?$/.test(left)) {
		throw refusal('The value of the parameter Messages Left is no number', 'Use 0 to 5.');
	}
	return replyWindow(wrote, left === '' ? null : Number(left));
}

/** The files of the item, or what is wrong with one that is not even read. */
async function filesOf(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<TransferredFile[] | Objection> {
	if (!context.getNodeParameter('includeFiles', itemIndex)) return [];
	const files: TransferredFile[] = [];
	for (const field of Object.keys(context.getInputData()[itemIndex].binary ?? {})) {
		const file = await fileOfItem(context, itemIndex, field, refuseSize).catch(objectionIn);
		if ('reason' in file) return file;
		files.push(file);
	}
	return files;
}

function refuseSize(name: string, size: number): void {
	const objection = objectionToSize(name, size, 'file');
	if (objection !== null) throw refusal(objection.reason, objection.advice);
}

function objectionIn(error: unknown): Objection {
	if (!(error instanceof ServiceError)) throw error;
	return { reason: error.message, advice: error.advice };
}

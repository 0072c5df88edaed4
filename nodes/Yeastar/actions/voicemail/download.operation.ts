import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import type { Call } from '../../../call/Call';
import { callIn } from '../../../caller/callInItem';
import { systemClock } from '../../../transport/Clock';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { binaryOf, outputFileField, type SoundFile } from '../soundFile';
import { downloadMessage, findMessageOfCall } from './downloadMessage';

const DEFAULT_PATIENCE_SECONDS = 15;

const parameters: INodeProperties[] = [
	{
		displayName: 'Message Of',
		name: 'messageOf',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Call in the Item',
				value: 'call',
				description: 'What the caller left when the call ended in voicemail',
			},
			{
				name: 'Message ID',
				value: 'id',
				description: 'As Get Many gives it',
			},
		],
		default: 'call',
	},
	{
		displayName: 'Message ID',
		name: 'messageId',
		type: 'string',
		default: '={{ $json.messageId }}',
		required: true,
		placeholder: 'e.g. 1713033769-00000619',
		displayOptions: { show: { messageOf: ['id'] } },
	},
	outputFileField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Wait for Message (Seconds)',
				name: 'patienceSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 600 },
				default: DEFAULT_PATIENCE_SECONDS,
				description:
					'How long to wait for the PBX to write the message, which it does some seconds after the call',
			},
		],
	},
];

/** Fetches a message: adds `voicemail` and the sound to the item, or `voicemailSkipped` if there is none. */
export const download: Operation = {
	description: shownFor('voicemail', 'download', parameters),

	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const patienceMs =
			1_000 *
			(context.getNodeParameter(
				'options.patienceSeconds',
				itemIndex,
				DEFAULT_PATIENCE_SECONDS,
			) as number);
		const byId = context.getNodeParameter('messageOf', itemIndex) === 'id';
		const call = byId ? null : callOf(context, itemIndex);
		const pbx = await yeastarPbx(context, itemIndex);
		const message = call
			? await findMessageOfCall(pbx, call, patienceMs, systemClock)
			: messageById(context, itemIndex);
		if ('skipped' in message) {
			return [{ json: { ...json, voicemail: null, voicemailSkipped: message.skipped }, binary }];
		}
		const file = named(
			message.messageId,
			await downloadMessage(pbx, message.messageId, patienceMs, systemClock),
		);
		const voicemail = {
			...message,
			file: file.fileName,
			mimeType: file.mimeType,
			sizeBytes: file.bytes.length,
		};
		return [
			{
				json: { ...json, voicemail },
				binary: { ...binary, ...(await binaryOf(context, itemIndex, file)) },
			},
		];
	},
};

/** The PBX makes up another file name for each download; one that stays is recognised where it was attached before. */
function named(messageId: string, file: SoundFile): SoundFile {
	const extension = file.fileName.split('.').at(-1) ?? 'wav';
	return { ...file, fileName: `voicemail-${messageId}.${extension}` };
}

/** @throws NodeOperationError if the item holds no call */
function callOf(context: IExecuteFunctions, itemIndex: number): Call {
	const call = callIn(context.getInputData()[itemIndex].json);
	if (call) return call;
	throw new NodeOperationError(context.getNode(), 'The item holds no call', {
		description:
			'Put this node behind a node that gives calls, such as Yeastar Trigger, or set Message Of to Message ID.',
		itemIndex,
	});
}

function messageById(
	context: IExecuteFunctions,
	itemIndex: number,
): { messageId: string } | { skipped: string } {
	const messageId = String(context.getNodeParameter('messageId', itemIndex) ?? '').trim();
	return messageId === '' ? { skipped: 'There is no message ID.' } : { messageId };
}

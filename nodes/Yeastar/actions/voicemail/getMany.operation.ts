import type { INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';
import { shownFor } from '../../../actions/shownFor';
import { parseNumberList } from '../../../rules/numberList';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { momentParameter } from '../moment';
import { readMessages, requiredTimeOf } from './readMessages';

const parameters: INodeProperties[] = [
	{
		displayName: 'Mailboxes',
		name: 'mailboxes',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1001, 6100',
		description: 'Numbers of extensions or group voicemails, separated by commas',
	},
	...rowLimitFields,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Left After',
				name: 'leftAfter',
				type: 'dateTime',
				default: '',
				description: 'Only messages that were left at this time or later',
			},
		],
	},
];

/** The messages of one or several mailboxes, the newest first. */
export const getMany: Operation = {
	description: shownFor('voicemail', 'getMany', parameters),

	async execute(context, itemIndex) {
		const typed = String(context.getNodeParameter('mailboxes', itemIndex) ?? '');
		const mailboxes = [...new Set(parseNumberList(typed))];
		if (mailboxes.length === 0) {
			throw new NodeOperationError(context.getNode(), `Mailboxes is empty [Item ${itemIndex}]`, {
				description: 'Type the number of at least one extension or group voicemail.',
				itemIndex,
			});
		}
		const hasStart = Boolean(context.getNodeParameter('filters.leftAfter', itemIndex, ''));
		const since = hasStart
			? momentParameter(context, 'filters.leftAfter', 'Left After', itemIndex)
			: null;
		const messages = await readMessages(await yeastarPbx(context, itemIndex), mailboxes);
		return messages
			.filter((message) => since === null || isLeftSince(requiredTimeOf(message), since))
			.slice(0, rowLimit(context, itemIndex))
			.map((message) => ({ json: { ...message } }));
	},
};

/** Messages are dated to the second, the start of the range is not. */
function isLeftSince(time: number, since: Date): boolean {
	return time >= Math.floor(since.getTime() / 1_000) * 1_000;
}

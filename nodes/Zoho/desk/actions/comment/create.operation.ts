import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { callIn } from '../../../../caller/callInItem';
import { DRY_RUN_REASON, isDryRun } from '../../../../caller/dryRun';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { textParameter } from '../../../../actions/textParameter';
import {
	saysTheSame,
	writeCommentOfItem,
	writeCommentOfCall,
	type CommentWrite,
} from '../../comments/writing';
import { recordLocator } from '../../parameters';
import { refusal } from '../../refusal';

/** Adds a comment to a ticket, once for a call and a text, and to the item as `comment`. */
export const create: Operation = {
	description: shownFor('comment', 'create', [
		recordLocator('Ticket'),
		{
			displayName: 'Comment',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			description: 'If the item holds a call, the same text is added once for the call',
		},
		{
			displayName: 'Public',
			name: 'isPublic',
			type: 'boolean',
			default: false,
			description:
				'Whether the customer sees the comment in the help center, and may be notified of it',
		},
		{
			displayName: 'Content Type',
			name: 'contentType',
			type: 'options',
			default: 'plainText',
			description: 'How Zoho Desk reads the comment',
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
					displayName: 'Look for an Earlier Comment',
					name: 'lookFirst',
					type: 'boolean',
					default: false,
					description:
						'Whether to ask Zoho Desk first if the same text is among the latest 50 comments of the ticket, for three API credits more. Useful for what is tried again. With a call in the item only comments since the call count.',
				},
			],
		},
	]),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		if (isDryRun(json)) {
			return [{ json: { ...json, comment: null, commentSkipped: DRY_RUN_REASON } }];
		}
		const content = textParameter(context, 'content', itemIndex);
		if (content === '') throw refusal('The comment is empty', 'Fill in the parameter Comment.');
		const wanted: CommentWrite = {
			ticketId: locatedValue(context, 'recordId', itemIndex),
			content,
			contentType: context.getNodeParameter(
				'contentType',
				itemIndex,
			) as CommentWrite['contentType'],
			isPublic: context.getNodeParameter('isPublic', itemIndex) as boolean,
		};
		const lookFirst = context.getNodeParameter('options.lookFirst', itemIndex, false) as boolean;
		const client = await zohoDeskClient(context, itemIndex);
		const call = callIn(json);
		const { comment } = call
			? await writeCommentOfCall(client, wanted, {
					call,
					mark: `${String(wanted.isPublic)} ${content}`,
					lookFirst,
					isOwn: (each) => saysTheSame(each, wanted),
				})
			: await writeCommentOfItem(context, client, itemIndex, wanted, lookFirst);
		return [{ json: { ...json, comment } }];
	},
};

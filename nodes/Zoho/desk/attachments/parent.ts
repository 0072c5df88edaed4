import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { locatedValue } from '../../../actions/locatedValue';
import { deskId, deskRecordPath, type DeskModule } from '../../transport/deskPaths';
import { textParameter } from '../../../actions/textParameter';
import { DESK_ID_PLACEHOLDER, recordLocator } from '../parameters';

/** The record that attachments belong to. */
export interface AttachmentParent {
	module: DeskModule;
	id: string;
	/** Of its attachments, below `/api/v1`. */
	path: string;
}

export const attachmentParent: INodeProperties[] = [
	{
		displayName: 'Attached To',
		name: 'attachmentsOf',
		type: 'options',
		default: 'tickets',
		options: [
			{ name: 'Account', value: 'accounts' },
			{ name: 'Call', value: 'calls' },
			{ name: 'Contact', value: 'contacts' },
			{ name: 'Ticket', value: 'tickets' },
		],
	},
	{
		...recordLocator('Record'),
		displayOptions: { show: { attachmentsOf: ['accounts', 'contacts', 'tickets'] } },
	},
	{
		displayName: 'Call ID',
		name: 'callRecordId',
		type: 'string',
		default: "={{ $json.log?.id ?? '' }}",
		placeholder: DESK_ID_PLACEHOLDER,
		required: true,
		description: 'ID of a call of Zoho Desk, such as the one that Call > Log has written',
		displayOptions: { show: { attachmentsOf: ['calls'] } },
	},
];

/** @throws ServiceError if what stands there is no record ID */
export function parentOf(context: IExecuteFunctions, itemIndex: number): AttachmentParent {
	const module = context.getNodeParameter('attachmentsOf', itemIndex) as DeskModule;
	const given =
		module === 'calls'
			? textParameter(context, 'callRecordId', itemIndex)
			: locatedValue(context, 'recordId', itemIndex);
	const id = deskId(given);
	return { module, id, path: `${deskRecordPath(module, id)}/attachments` };
}

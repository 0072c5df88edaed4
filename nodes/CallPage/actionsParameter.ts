import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { actionKinds, formFields, type PageAction } from '../pages/PageAction';

export const actionsParameter: INodeProperties = {
	displayName: 'Actions',
	name: 'actions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Action', sortable: true },
	placeholder: 'Add Action',
	default: {},
	description: 'What the page offers to do, in this order',
	options: [
		{
			displayName: 'Action',
			name: 'action',
			values: [
				{
					displayName: 'Address',
					name: 'address',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://n8n.example.com/webhook/new-caller',
					description:
						'Where the link leads or the form is sent. An address that begins with ? is that of the page itself.',
				},
				{
					displayName: 'Ask For',
					name: 'askFor',
					type: 'multiOptions',
					displayOptions: { show: { sendAs: ['form'] } },
					options: [
						{ name: 'Company', value: 'company' },
						{ name: 'Email', value: 'email' },
						{ name: 'Name', value: 'name' },
						{ name: 'Note', value: 'note' },
						{ name: 'Subject', value: 'subject' },
					],
					default: ['name'],
					description: 'Besides the number, which is filled in',
				},
				{
					displayName: 'Kind',
					name: 'kind',
					type: 'options',
					options: [
						{ name: 'Create a Contact', value: 'contact' },
						{ name: 'Create a Lead', value: 'lead' },
						{ name: 'Create a Ticket', value: 'ticket' },
						{ name: 'Other', value: 'other' },
					],
					default: 'other',
					description: 'Gives the words on the button, and is sent with the form',
				},
				{
					displayName: 'Label',
					name: 'label',
					type: 'string',
					default: '',
					description: 'Words of your own for the button',
				},
				{
					displayName: 'Send As',
					name: 'sendAs',
					type: 'options',
					options: [
						{ name: 'Form', value: 'form', description: 'Asks for some fields and posts them' },
						{ name: 'Link', value: 'link', description: 'Opens the address' },
					],
					default: 'link',
				},
			],
		},
	],
};

export function chosenActions(context: IExecuteFunctions, itemIndex: number): PageAction[] {
	const { action } = context.getNodeParameter('actions', itemIndex) as { action?: IDataObject[] };
	return (action ?? []).map(({ kind, label, address, sendAs, askFor }) => ({
		kind: actionKinds.find((each) => each === kind) ?? 'other',
		label: String(label ?? '').trim(),
		address: String(address ?? '').trim(),
		sendAs: sendAs === 'form' ? 'form' : 'link',
		fields: asked(askFor),
	}));
}

/** In the order in which somebody chose them. */
function asked(chosen: unknown): PageAction['fields'] {
	const names: unknown[] = Array.isArray(chosen) ? chosen : [];
	return names.flatMap((name) => formFields.find((field) => field === name) ?? []);
}

import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { phonebookOrNameLocator } from './phonebookChoice';

const options: INodeProperties[] = [
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'string',
		default: '',
		placeholder: 'e.g. CN',
		description:
			'Two-letter code of the country of numbers that were stored without country code, which is mostly that of the PBX. Without it they stay as they are stored.',
	},
	{
		displayName: 'Most Contacts',
		name: 'mostContacts',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'How many company contacts the PBX keeps, if the node cannot tell by its model. 0 goes by the model.',
	},
	{
		displayName: 'Most Deletions (Percent)',
		name: 'mostDeletions',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 25,
		description:
			'Nothing is written if more than this share of the synchronized contacts would be deleted because their customers are missing or have no number any more. Up to 20 contacts may always go. 100 allows all.',
	},
	{
		displayName: 'Number Format',
		name: 'numberFormat',
		type: 'options',
		options: [
			{
				name: 'As Stored',
				value: 'asStored',
				description: 'As in the record, without extensions and characters that the PBX refuses',
			},
			{
				name: 'E.164',
				value: 'e164',
				description: 'International with plus sign, such as +8675526601234',
			},
			{
				name: 'To Dial',
				value: 'dial',
				description:
					'As dialled in the default country, such as 075526601234; international with plus sign for other countries',
			},
		],
		default: 'e164',
		description: 'How numbers are written into the phonebook',
	},
	{
		displayName: 'Number Shared by Several Customers',
		name: 'sharedNumbers',
		type: 'options',
		options: [
			{
				name: 'Keep It With All',
				value: 'all',
				description: 'The PBX then shows any one of them when the number calls',
			},
			{
				name: 'Keep It With the First',
				value: 'first',
				description: 'By the order of modules, then the older record',
			},
		],
		default: 'first',
		description: 'Whose contact gets a number that several customers have',
	},
	{
		displayName: 'Order of Modules',
		name: 'moduleOrder',
		type: 'string',
		default: 'Contacts, Leads, Accounts, contacts, accounts',
		description:
			'Modules separated by commas, the most important first, as Contacts or Zoho CRM Contacts. Decides who keeps a shared number; modules that are not named come last.',
	},
	{
		displayName: 'Show Progress',
		name: 'showProgress',
		type: 'boolean',
		default: true,
		description: 'Whether to tell the editor now and then how far a test run has come',
	},
];

/** What each option is when nobody has added it. */
export const optionDefaults = Object.fromEntries(
	options.map((option) => [option.name, option.default]),
) as IDataObject;

export const synchronizeFields: INodeProperties[] = [
	phonebookOrNameLocator,
	{
		displayName: 'Create if Missing',
		name: 'createIfMissing',
		type: 'boolean',
		default: true,
		description:
			'Whether to create the phonebook if there is none with that name. Applies to a phonebook chosen by name.',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Preview',
				value: 'preview',
				description: 'Tells what would change; writes nothing',
			},
			{
				name: 'Changes Only',
				value: 'changesOnly',
				description:
					'Creates and updates the contacts of the input, and deletes those that it marks as deleted',
			},
			{
				name: 'Full',
				value: 'full',
				description:
					'The same, and deletes contacts of earlier runs whose customers the input does not hold',
			},
		],
		default: 'preview',
		description: 'What the run may do. Begin with a preview.',
	},
	{
		displayName: 'Preview Of',
		name: 'previewOf',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { mode: ['preview'] } },
		options: [
			{ name: 'Changes Only', value: 'changesOnly' },
			{ name: 'Full', value: 'full' },
		],
		default: 'full',
		description: 'Which kind of run to tell about',
	},
	{
		displayName: 'Complete Sources',
		name: 'completeSources',
		type: 'string',
		displayOptions: { show: { mode: ['full', 'preview'] } },
		default: '',
		placeholder: 'e.g. Zoho CRM Contacts, Zoho CRM Leads',
		description:
			'Full only: the sources of which the input holds all customers, separated by commas, as Zoho CRM Contacts, or Zoho CRM for all its modules. Empty stands for those that occur in the input. Contacts of other sources are never deleted for want of a customer.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	},
];

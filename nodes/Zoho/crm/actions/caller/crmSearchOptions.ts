import type { INodeProperties } from 'n8n-workflow';
import { searchOptions } from '../../../caller/searchParameters';

/** Options that both operations offer below Options, in alphabetical order. */
export const crmSearchOptions: INodeProperties[] = [
	{
		displayName: 'Further Modules',
		name: 'furtherModules',
		type: 'string',
		default: '',
		placeholder: 'e.g. Vendors, Sites',
		description:
			'API names of more modules to search, after the others, separated by commas. They are searched through the search index only.',
	},
	{
		displayName: 'Include Last Call',
		name: 'includeLastCall',
		type: 'boolean',
		default: false,
		description:
			'Whether to add when the caller was on the phone last, by the calls logged in Zoho CRM, which costs one API credit more',
	},
	...searchOptions,
];

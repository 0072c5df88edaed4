import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { textParameter } from '../../actions/textParameter';
import { menuBody, type MenuItem } from './menuBody';

const shownForTypes = (...types: Array<MenuItem['type']>) => ({ show: { type: types } });

/** A menu as WeCom shows it: text, entries one below the other, text. */
export const menuFields: INodeProperties[] = [
	{
		displayName: 'Text Above',
		name: 'headText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. What can we do for you?',
	},
	{
		displayName: 'Menu Items',
		name: 'menuItems',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Item',
		default: {},
		description: 'Up to 10 items that can be tapped, and up to 50 in all',
		options: [
			{
				displayName: 'Item',
				name: 'item',
				values: [
					{
						displayName: 'Action',
						name: 'type',
						type: 'options',
						default: 'click',
						options: [
							{
								name: 'Answer',
								value: 'click',
								description: 'A tap makes the customer send the text, and tells its ID',
							},
							{ name: 'Link', value: 'view', description: 'A tap opens a web page' },
							{ name: 'Mini Program', value: 'miniprogram', description: 'A tap opens it' },
							{ name: 'Text', value: 'text', description: 'Words that cannot be tapped' },
						],
					},
					{
						displayName: 'App ID',
						name: 'appId',
						type: 'string',
						default: '',
						placeholder: 'e.g. wx0000000000000001',
						displayOptions: shownForTypes('miniprogram'),
					},
					{
						displayName: 'ID',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. parcel',
						description: 'What comes back as menuId when the customer taps it',
						displayOptions: shownForTypes('click'),
					},
					{
						displayName: 'Next Item on Same Line',
						name: 'isOnSameLine',
						type: 'boolean',
						default: false,
						description: 'Whether the next item follows without a line break',
						displayOptions: shownForTypes('text'),
					},
					{
						displayName: 'Page Path',
						name: 'pagePath',
						type: 'string',
						default: '',
						placeholder: 'e.g. pages/order.html',
						displayOptions: shownForTypes('miniprogram'),
					},
					{
						displayName: 'Text',
						name: 'content',
						type: 'string',
						default: '',
						placeholder: 'e.g. Track a parcel',
						description: 'An answer has 128 bytes at most, a text 256, others 1024',
					},
					{
						displayName: 'URL',
						name: 'url',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://www.example.com/help',
						displayOptions: shownForTypes('view'),
					},
				],
			},
		],
	},
	{
		displayName: 'Text Below',
		name: 'tailText',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. We are here from 9 to 18 h',
	},
];

/** @throws ServiceError if WeCom would refuse the menu */
export function menuBodyOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	return menuBody({
		head: textParameter(context, 'headText', itemIndex),
		items: context.getNodeParameter('menuItems.item', itemIndex, []) as MenuItem[],
		tail: textParameter(context, 'tailText', itemIndex),
	});
}

import type { INodeProperties } from 'n8n-workflow';
import { menuFields } from '../../menus/menuParameters';
import { inputFileField } from '../parameters';
import { MESSAGE_TYPES, shownForMessageTypes } from './messageTypes';

const linkFields: INodeProperties[] = [
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://www.example.com/help',
	},
	{
		displayName: 'Description',
		name: 'linkDescription',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. How to send a parcel back',
		description: 'What is longer than 512 bytes is cut off',
	},
];

const miniProgramFields: INodeProperties[] = [
	{
		displayName: 'App ID',
		name: 'appId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. wx0000000000000001',
		description: 'The mini program has to be associated with your company in WeCom',
	},
	{
		displayName: 'Page Path',
		name: 'pagePath',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. pages/order.html?no=7',
		description: 'The path ends in .html; anything after a question mark may follow',
	},
];

const locationFields: INodeProperties[] = [
	{
		displayName: 'Latitude',
		name: 'latitude',
		type: 'number',
		typeOptions: { minValue: -90, maxValue: 90, numberPrecision: 6 },
		default: 0,
		required: true,
	},
	{
		displayName: 'Longitude',
		name: 'longitude',
		type: 'number',
		typeOptions: { minValue: -180, maxValue: 180, numberPrecision: 6 },
		default: 0,
		required: true,
	},
	{
		displayName: 'Place Name',
		name: 'placeName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Our shop',
	},
	{
		displayName: 'Address',
		name: 'address',
		type: 'string',
		default: '',
		placeholder: 'e.g. 12 Example Road, Shenzhen',
	},
];

/** What is sent, by the type of message. */
export const messageFields: INodeProperties[] = [
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		default: 'text',
		options: MESSAGE_TYPES,
	},
	...shownForMessageTypes(
		['text'],
		[
			{
				displayName: 'Text',
				name: 'text',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				required: true,
				placeholder: 'e.g. Your parcel is on its way.',
				description: 'More than 2048 bytes are cut into messages, as few as possible, 5 at most',
			},
		],
	),
	...shownForMessageTypes(['file', 'image', 'video', 'voice'], [inputFileField]),
	...shownForMessageTypes(
		['link', 'miniprogram'],
		[
			{
				displayName: 'Title',
				name: 'title',
				type: 'string',
				default: '',
				required: true,
				placeholder: 'e.g. Returns',
				description: 'What is longer than 128 bytes, for a mini program 64, is cut off',
			},
		],
	),
	...shownForMessageTypes(['link'], linkFields),
	...shownForMessageTypes(['miniprogram'], miniProgramFields),
	...shownForMessageTypes(
		['link', 'miniprogram'],
		[
			{
				...inputFileField,
				hint: 'The name of the input binary field containing the picture of the card, JPG or PNG',
			},
		],
	),
	...shownForMessageTypes(['location'], locationFields),
	...shownForMessageTypes(['menu'], menuFields),
];

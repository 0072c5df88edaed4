import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { textParameter } from '../../../actions/textParameter';
import { linkWithParameters, sceneOf } from '../../links/contactLink';
import { messageButton } from '../../links/messageButton';
import { qrCodePng } from '../../links/qrCode';
import { weComClient } from '../../transport/weCom';
import { accountLocator, accountOf, neededText, outputFileField } from '../parameters';

const parameters: INodeProperties[] = [
	accountLocator,
	{
		displayName: 'Scene',
		name: 'scene',
		type: 'string',
		default: '',
		placeholder: 'e.g. website',
		description:
			'Tells the trigger by which link a customer has come: up to 32 letters, digits, hyphens and underscores',
	},
	{
		displayName: 'Scene Parameters',
		name: 'sceneParameters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Parameter',
		default: {},
		description:
			'What the trigger gives besides in sceneParameters, such as the telephone number of the customer to whom the link is sent. 128 bytes in all, and only with a scene.',
		options: [
			{
				displayName: 'Parameter',
				name: 'parameter',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. phone',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. +8675526601234',
					},
				],
			},
		],
	},
	{
		displayName: 'Button Text',
		name: 'buttonText',
		type: 'string',
		default: 'Message us on WeChat',
		description: 'What stands on the button, whose HTML is for your web pages. Empty gives none.',
	},
	{
		displayName: 'Include QR Code',
		name: 'includeQrCode',
		type: 'boolean',
		default: true,
		description: 'Whether to add a QR code of the link to the item, as a PNG file',
	},
	{ ...outputFileField, displayOptions: { show: { includeQrCode: [true] } } },
];

/** Creates a link by which customers open the conversation, and adds `link` to the item, and its QR code. */
export const create: Operation = {
	description: shownFor('link', 'create', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const openKfId = accountOf(context, itemIndex);
		const scene = sceneOf(textParameter(context, 'scene', itemIndex));
		const sceneParameters = sceneParametersOf(context, itemIndex);
		// Whether they fit is known before WeCom makes a link that cannot be deleted.
		linkWithParameters('', scene, sceneParameters);
		const buttonText = textParameter(context, 'buttonText', itemIndex);
		const client = await weComClient(context, itemIndex);
		const answer = await client.write<{ url: string }>('kf/add_contact_way', {
			open_kfid: openKfId,
			...(scene === '' ? {} : { scene }),
		});
		const url = linkWithParameters(answer.url, scene, sceneParameters);
		const buttonHtml = buttonText === '' ? null : messageButton(url, buttonText);
		return [
			{
				json: { ...json, link: { url, scene, buttonHtml } },
				binary: { ...binary, ...(await qrCodeOf(context, itemIndex, url, scene)) },
			},
		];
	},
};

function sceneParametersOf(context: IExecuteFunctions, itemIndex: number): Record<string, string> {
	const rows = context.getNodeParameter('sceneParameters.parameter', itemIndex, []) as Array<{
		name: string;
		value: string;
	}>;
	return Object.fromEntries(
		rows.filter(({ name }) => name !== '').map(({ name, value }) => [name, String(value ?? '')]),
	);
}

async function qrCodeOf(context: IExecuteFunctions, itemIndex: number, url: string, scene: string) {
	if (!context.getNodeParameter('includeQrCode', itemIndex)) return {};
	const field = neededText(context, 'binaryPropertyName', 'Put Output File in Field', itemIndex);
	const name = `wecom-${scene || 'link'}.png`;
	return {
		[field]: await context.helpers.prepareBinaryData(qrCodePng(url), name, 'image/png'),
	};
}

import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import type { LinkParameter, LinkPurpose } from '../../../links/Link';
import { signedLink } from '../../../links/signLink';
import { systemClock } from '../../../transport/Clock';
import { signingKeys } from '../../signingKeys';
import { purposeParameter } from './purposeParameter';

const SECONDS_IN: Readonly<Record<string, number>> = { minutes: 60, hours: 3600, days: 86_400 };

/** Signs a link for one purpose and one person: adds `link` to the item. */
export const create: Operation = {
	description: shownFor('link', 'create', [
		purposeParameter,
		{
			displayName: 'Address',
			name: 'address',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://n8n.example.com/webhook/click-to-call',
			description: 'The production URL of the Webhook node that receives the link',
		},
		{
			displayName: 'Extension',
			name: 'extension',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1001',
			description:
				'The only extension for which the link is good. Left empty, the workflow finds it by the user.',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			default: '',
			placeholder: 'e.g. anna@example.com',
			description: 'E-mail address of the person who gets the link',
		},
		{
			displayName: 'Valid For',
			name: 'validFor',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'From now on. With 0 the link is good until the signing key is changed.',
		},
		{
			displayName: 'Unit',
			name: 'unit',
			type: 'options',
			options: [
				{ name: 'Days', value: 'days' },
				{ name: 'Hours', value: 'hours' },
				{ name: 'Minutes', value: 'minutes' },
			],
			default: 'days',
		},
		{
			displayName: 'More Parameters',
			name: 'moreParameters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Parameter' },
			placeholder: 'Add Parameter',
			default: {},
			description: 'What the link carries besides',
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{
							displayName: 'Kind',
							name: 'kind',
							type: 'options',
							options: [
								{
									name: 'Merge Field',
									value: 'mergeField',
									description: 'Left as typed, for Zoho or Linkus to put a value in; not signed',
								},
								{ name: 'Signed', value: 'signed', description: 'Nobody can change it' },
								{
									name: 'Unsigned',
									value: 'unsigned',
									description: 'Whoever has the link may change it',
								},
							],
							default: 'signed',
						},
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. number',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. {{.CallerNumber}}',
							description: 'Merge fields belong into a fixed value, not into an expression',
						},
					],
				},
			],
		},
	]),
	async execute(context: IExecuteFunctions, itemIndex: number) {
		const { json } = context.getInputData()[itemIndex];
		const text = (name: string) => String(context.getNodeParameter(name, itemIndex) ?? '').trim();
		const { key } = await signingKeys(context, itemIndex);
		const expires = expiry(
			Number(context.getNodeParameter('validFor', itemIndex)),
			String(context.getNodeParameter('unit', itemIndex)),
			systemClock.now(),
		);
		const link = signedLink(
			text('address'),
			{
				purpose: text('purpose') as LinkPurpose,
				extension: text('extension'),
				user: text('user'),
				expires,
			},
			furtherParameters(context, itemIndex),
			key,
		);
		if ('refusal' in link) {
			throw new NodeOperationError(context.getNode(), link.refusal, {
				description: 'Correct Address, Extension, User or More Parameters.',
				itemIndex,
			});
		}
		const expiresAt = expires === 0 ? null : new Date(expires * 1000).toISOString();
		return [{ json: { ...json, link: { url: link.url, expiresAt } } }];
	},
};

function expiry(amount: number, unit: string, now: number): number {
	if (!(amount > 0)) return 0;
	return Math.ceil(now / 1000 + amount * (SECONDS_IN[unit] ?? SECONDS_IN.days));
}

function furtherParameters(context: IExecuteFunctions, itemIndex: number): LinkParameter[] {
	const { parameter } = context.getNodeParameter('moreParameters', itemIndex) as {
		parameter?: IDataObject[];
	};
	return (parameter ?? []).map(({ name, value, kind }) => ({
		name: String(name ?? '').trim(),
		value: String(value ?? ''),
		kind: kind as LinkParameter['kind'],
	}));
}

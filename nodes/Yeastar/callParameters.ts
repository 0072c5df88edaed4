import { NodeOperationError, type INode, type INodeProperties } from 'n8n-workflow';
import { isCountry } from '../phone/phoneNumber';

/** Parameters that decide how calls are told, the same for the trigger and for past calls. */
export const countryField: INodeProperties = {
	displayName: 'Country',
	name: 'country',
	type: 'string',
	default: '',
	placeholder: 'e.g. CN',
	description:
		'Two-letter code of the country of the PBX. Completes national numbers to international ones; without it customers are found by their last digits only.',
};

export const directionsOption: INodeProperties = {
	displayName: 'Directions',
	name: 'directions',
	type: 'multiOptions',
	default: ['inbound', 'outbound'],
	options: [
		{ name: 'Inbound', value: 'inbound' },
		{ name: 'Internal', value: 'internal' },
		{ name: 'Outbound', value: 'outbound' },
	],
};

export const outboundPrefixOption: INodeProperties = {
	displayName: 'Outbound Prefix',
	name: 'outboundPrefix',
	type: 'string',
	default: '',
	placeholder: 'e.g. 9',
	description: 'Digits that people dial for an outside line and that are no part of the number',
};

/**
 * The value of `countryField`, in capital letters; empty if there is none.
 *
 * @throws NodeOperationError for anything that is no country
 */
export function countryOf(value: unknown, node: INode, itemIndex?: number): string {
	const country = String(value ?? '')
		.trim()
		.toUpperCase();
	if (country === '' || isCountry(country)) return country;
	throw new NodeOperationError(node, `Country is not a country: ${country}`, {
		description: 'Type the two-letter code of the country of your PBX, such as CN, US or GB.',
		itemIndex,
	});
}

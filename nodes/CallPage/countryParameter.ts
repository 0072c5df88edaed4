import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { isCountry } from '../phone/phoneNumber';

export const countryParameter: INodeProperties = {
	displayName: 'Country',
	name: 'country',
	type: 'string',
	default: '',
	placeholder: 'e.g. CN',
	description: 'Two-letter code of the country in which numbers without country code are dialled',
};

/** Null if none is given; refuses what is no country. */
export function chosenCountry(context: IExecuteFunctions, itemIndex: number): string | null {
	const code = String(context.getNodeParameter('country', itemIndex) ?? '')
		.trim()
		.toUpperCase();
	if (code === '') return null;
	if (isCountry(code)) return code;
	throw new NodeOperationError(context.getNode(), `Country is not a country: ${code}`, {
		description: 'Type a two-letter country code such as CN, US or GB.',
		itemIndex,
	});
}

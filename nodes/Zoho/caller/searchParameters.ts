import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import type { WantedCaller } from '../../caller/Caller';
import {
	callWithCustomer,
	countryCode,
	numberOfCall,
	numberToFind,
	type NumberToFind,
} from '../../caller/callInItem';
import type { SeveralMatchPolicy } from '../../phone/chooseMatch';
import { DEFAULT_LAST_DIGITS } from '../../phone/matchNumber';

const show = { resource: ['caller'], operation: ['find', 'findOrCreate'] };

/**
 * What Find and Find or Create have in common.
 *
 * @param modules where callers may be, all of which are searched unless somebody chooses; the first one wins
 */
export function searchParameters(modules: readonly INodePropertyOptions[]): INodeProperties[] {
	const everyModule = modules.map(({ value }) => String(value));
	return [
		{
			displayName: 'Look For',
			name: 'lookFor',
			type: 'options',
			default: 'call',
			description: 'Whose number to look for',
			displayOptions: { show },
			options: [
				{
					name: 'Customer of the Call',
					value: 'call',
					description: 'Takes number and agent from the call in the item',
				},
				{ name: 'Number', value: 'number', description: 'Any telephone number' },
			],
		},
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. +86 755 2660 1234',
			displayOptions: { show: { ...show, lookFor: ['number'] } },
		},
		{
			displayName: 'Modules',
			name: 'modules',
			type: 'multiOptions',
			default: [...everyModule],
			required: true,
			description:
				'Where to search, in the order of preference: the module that you chose first wins',
			displayOptions: { show },
			options: [...modules].sort((one, other) => one.name.localeCompare(other.name)),
		},
		{
			displayName: 'Country',
			name: 'country',
			type: 'string',
			default: '',
			placeholder: 'e.g. CN',
			description:
				'Two-letter code of the country in which numbers without a country code are dialled. Empty takes the country of the number itself.',
			displayOptions: { show },
		},
		{
			displayName: 'Compare Last Digits',
			name: 'lastDigits',
			type: 'number',
			default: DEFAULT_LAST_DIGITS,
			typeOptions: { minValue: 0, maxValue: 15 },
			description:
				'How many digits at the end have to agree where a number is not complete. 0 takes whole numbers only.',
			displayOptions: { show },
		},
		{
			displayName: 'If Several Match',
			name: 'ifSeveralMatch',
			type: 'options',
			default: 'ownedByAgent',
			description:
				'Which record to take when the number is on several of the same module. Whole numbers go before last digits, and modules go in their order.',
			displayOptions: { show },
			options: [
				{
					name: 'All of Them',
					value: 'all',
					description: 'Gives one item per record, of all modules; a call is then logged on each',
				},
				{ name: 'Most Recently Modified', value: 'mostRecentlyModified' },
				{
					name: 'Owned by the Agent',
					value: 'ownedByAgent',
					description: 'And if the agent owns none or several, the most recently modified',
				},
			],
		},
	];
}

/** Options that both operations offer below Options. */
export const searchOptions: INodeProperties[] = [
	{
		displayName: 'Outbound Prefix',
		name: 'outboundPrefix',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9',
		description:
			'Digits dialled for an outside line, to be left out of the number of an outbound call',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
];

/** How to search, or why nothing is searched. */
export type Asked = { wanted: WantedCaller } | { skipped: string; number: string };

/**
 * The parameters of one item.
 *
 * @param boundUserKey the key of the item under which the table of extensions names the agent's user
 */
export function askedCaller(
	context: IExecuteFunctions,
	itemIndex: number,
	boundUserKey: 'crmUserId' | 'deskAgentId',
): Asked {
	const number = numberAsked(context, itemIndex);
	if ('skipped' in number) return number;
	const { json } = context.getInputData()[itemIndex];
	const call = callWithCustomer(json);
	return {
		wanted: {
			...number,
			lastDigits: Number(context.getNodeParameter('lastDigits', itemIndex)),
			simplify: context.getNodeParameter('options.simplify', itemIndex, true) as boolean,
			policy: {
				moduleOrder: modulesAsked(context, itemIndex),
				ifSeveral: context.getNodeParameter('ifSeveralMatch', itemIndex) as SeveralMatchPolicy,
				agent: {
					email: call?.agent?.email ?? null,
					userId: json[boundUserKey] ? String(json[boundUserKey]) : null,
				},
			},
		},
	};
}

function numberAsked(context: IExecuteFunctions, itemIndex: number): NumberToFind {
	const typedCountry = context.getNodeParameter('country', itemIndex) as string;
	const country = countryCode(typedCountry);
	if (country === null) {
		throw new NodeOperationError(context.getNode(), `"${typedCountry}" is no country code`, {
			itemIndex,
			description:
				'Give the two letters of ISO 3166, such as CN, US or DE, in the parameter Country.',
		});
	}
	if (context.getNodeParameter('lookFor', itemIndex) === 'number') {
		return numberToFind(String(context.getNodeParameter('number', itemIndex) ?? ''), country);
	}
	const call = callWithCustomer(context.getInputData()[itemIndex].json);
	if (!call) {
		throw new NodeOperationError(context.getNode(), 'The item holds no call', {
			itemIndex,
			description:
				'Connect this node to Yeastar Trigger or to Yeastar > Call Record > Get Calls, or choose Number in the parameter Look For.',
		});
	}
	const prefix = context.getNodeParameter('options.outboundPrefix', itemIndex, '') as string;
	return numberOfCall(call, country, prefix.trim());
}

function modulesAsked(context: IExecuteFunctions, itemIndex: number): string[] {
	const chosen = context.getNodeParameter('modules', itemIndex) as string[];
	const further = context.getNodeParameter('options.furtherModules', itemIndex, '') as string;
	const names = [...chosen, ...further.split(',').map((name) => name.trim())];
	const modules = [...new Set(names.filter((name) => name !== ''))];
	if (modules.length > 0) return modules;
	throw new NodeOperationError(context.getNode(), 'No module is chosen', {
		itemIndex,
		description: 'Choose at least one module to search in the parameter Modules.',
	});
}

import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { systemClock } from '../../../../transport/Clock';
import { zohoCrmClient, type ZohoCrmClient } from '../../../transport/zohoCrm';
import { automationsOf, automationsOption } from '../../automations';
import { callerCreated, skippedCaller } from '../../caller/answer';
import { callWithCustomer } from '../../caller/callInItem';
import {
	createCaller,
	NEW_RECORD_MODULES,
	type NewCallerRecord,
	type NewRecordKind,
} from '../../caller/creation';
import { additionalFields, additionalFieldsOf } from '../../caller/fields';
import { findCallers, freshCallerIn, isoTime } from '../../caller/finding';
import { chosenOwner, ownerParameters } from '../../caller/owner';
import type { Caller } from '../../caller/Caller';
import { DRY_RUN_REASON, isDryRun } from '../../dryRun';
import { shownFor } from '../../../../actions/shownFor';
import { askedCaller, searchOptions } from './searchParameters';

const createParameters: INodeProperties[] = [
	{
		displayName: 'Create As',
		name: 'createAs',
		type: 'options',
		default: 'callRules',
		description: 'What an unknown caller becomes',
		options: [
			{ name: 'Account', value: 'account' },
			{
				name: 'As Call Rules Decided',
				value: 'callRules',
				description: 'Takes the decision that Call Rules has put into the item',
			},
			{ name: 'Contact', value: 'contact' },
			{ name: 'Lead', value: 'lead' },
			{ name: 'Nothing', value: 'nothing' },
		],
	},
	{
		displayName: 'Name',
		name: 'newName',
		type: 'string',
		default:
			"={{ $json.decision?.createRecord?.name || 'Automatic New Contact -' + ($json.customer?.number ?? '') }}",
		description: 'Last name of the new contact or lead, or name of the new account',
	},
	{
		displayName: 'Company',
		name: 'company',
		type: 'string',
		default: '',
		placeholder: 'e.g. Unknown',
		description: 'Company of a new lead, which Zoho CRM cannot do without. Empty takes the name.',
	},
	...ownerParameters,
	additionalFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			automationsOption,
			...searchOptions.slice(0, 2),
			{
				displayName: 'Number Goes To',
				name: 'numberField',
				type: 'options',
				default: 'automatic',
				description: 'Field of the new record that takes the number',
				options: [
					{
						name: 'Mobile or Phone',
						value: 'automatic',
						description: 'Mobile numbers go to Mobile, all others to Phone',
					},
					{ name: 'Mobile', value: 'Mobile' },
					{ name: 'Phone', value: 'Phone' },
				],
			},
			...searchOptions.slice(2),
		],
	},
];

/** Looks who called, and creates a record for whoever is unknown: one per number, however many calls come at once. */
export const findOrCreate: Operation = {
	description: shownFor('caller', 'findOrCreate', createParameters),
	async execute(context: IExecuteFunctions, itemIndex: number) {
		const { json } = context.getInputData()[itemIndex];
		const give = (callers: Caller[]) =>
			callers.map((caller) => ({ json: { ...json, match: { ...caller } } }));

		const asked = askedCaller(context, itemIndex);
		if ('skipped' in asked)
			return give([skippedCaller(asked.number, asked.skipped, isoTime(systemClock))]);
		const { wanted } = asked;
		const client = await zohoCrmClient(context, itemIndex);
		const fresh = freshCallerIn(json, wanted.number, systemClock);
		const includeLastCall = context.getNodeParameter('options.includeLastCall', itemIndex, false);
		const found = fresh
			? [fresh]
			: await findCallers(client, wanted, systemClock, includeLastCall === true);
		const [first] = found;
		if (first.status !== 'unknown') return give(found);

		const kind = kindToCreate(context, itemIndex);
		if ('nothing' in kind) return give([{ ...first, choice: `${first.choice} ${kind.nothing}` }]);
		const wish = await newRecordOf(context, client, itemIndex, kind.kind, wanted.number);
		const { record, isNew } = await createCaller(client, wish, systemClock);
		const caller = callerCreated(
			isNew ? 'created' : 'known',
			wanted.number,
			record,
			first.searchedAt,
		);
		const lastCall = first.lastCallAt === undefined ? {} : { lastCallAt: first.lastCallAt };
		return give([{ ...caller, ...lastCall }]);
	},
};

function kindToCreate(
	context: IExecuteFunctions,
	itemIndex: number,
): { kind: NewRecordKind } | { nothing: string } {
	const { json } = context.getInputData()[itemIndex];
	if (isDryRun(json)) return { nothing: DRY_RUN_REASON };
	const chosen = context.getNodeParameter('createAs', itemIndex) as string;
	if (chosen === 'nothing') return { nothing: 'Nothing is created, as chosen in the node.' };
	if (chosen !== 'callRules') return { kind: chosen as NewRecordKind };
	const decision = json.decision as IDataObject | undefined;
	if (!decision) {
		throw new NodeOperationError(context.getNode(), 'The item holds no decision of Call Rules', {
			itemIndex,
			description:
				'Put Call Rules before this node, or choose in the parameter Create As what an unknown caller becomes.',
		});
	}
	const kind = (decision.createRecord as { as?: string } | null | undefined)?.as;
	return kind && kind in NEW_RECORD_MODULES
		? { kind: kind as NewRecordKind }
		: { nothing: 'Call Rules decided to create nothing.' };
}

async function newRecordOf(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	itemIndex: number,
	kind: NewRecordKind,
	number: string,
): Promise<NewCallerRecord> {
	const call = callWithCustomer(context.getInputData()[itemIndex].json);
	const typedName = String(context.getNodeParameter('newName', itemIndex) ?? '').trim();
	const name = typedName || `Automatic New Contact -${call?.customer.number || number}`;
	const company = String(context.getNodeParameter('company', itemIndex) ?? '').trim();
	const owner = await chosenOwner(context, client, itemIndex, call?.agent?.email ?? null);
	return {
		kind,
		name,
		company: company || name,
		number,
		numberField: context.getNodeParameter(
			'options.numberField',
			itemIndex,
			'automatic',
		) as NewCallerRecord['numberField'],
		ownerId: owner.id,
		fields: await additionalFieldsOf(context, client, NEW_RECORD_MODULES[kind], itemIndex),
		automations: automationsOf(context, itemIndex),
	};
}

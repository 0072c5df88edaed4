import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { callerCreated, skippedCaller } from '../../../../caller/answer';
import { freshCallerIn, type Caller } from '../../../../caller/Caller';
import { callWithCustomer } from '../../../../caller/callInItem';
import { isoTime } from '../../../../caller/isoTime';
import { systemClock } from '../../../../transport/Clock';
import { createAsParameter, kindToCreate } from '../../../caller/createAs';
import { askedCaller } from '../../../caller/searchParameters';
import { ZOHO_CRM } from '../../../transport/errors';
import { zohoCrmClient, type ZohoCrmClient } from '../../../transport/zohoCrm';
import { automationsOf, automationsOption } from '../../automations';
import {
	createCaller,
	NEW_RECORD_MODULES,
	type NewCallerRecord,
	type NewRecordKind,
} from '../../caller/creation';
import { additionalFields, additionalFieldsOf } from '../../caller/fields';
import { findCallers } from '../../caller/finding';
import { chosenOwner, ownerParameters } from '../../caller/owner';
import { crmSearchOptions } from './crmSearchOptions';

const createParameters: INodeProperties[] = [
	createAsParameter([
		{ name: 'Account', value: 'account' },
		{ name: 'Contact', value: 'contact' },
		{ name: 'Lead', value: 'lead' },
	]),
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
			...crmSearchOptions.slice(0, 2),
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
			...crmSearchOptions.slice(2),
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

		const asked = askedCaller(context, itemIndex, 'crmUserId');
		if ('skipped' in asked)
			return give([skippedCaller(asked.number, asked.skipped, isoTime(systemClock.now()))]);
		const { wanted } = asked;
		const client = await zohoCrmClient(context, itemIndex);
		const fresh = freshCallerIn(json, wanted.number, systemClock.now());
		const includeLastCall = context.getNodeParameter('options.includeLastCall', itemIndex, false);
		const found = fresh
			? [fresh]
			: await findCallers(client, wanted, systemClock, includeLastCall === true);
		const [first] = found;
		if (first.status !== 'unknown') return give(found);

		const kind = kindToCreate(context, itemIndex, NEW_RECORD_MODULES, ZOHO_CRM);
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

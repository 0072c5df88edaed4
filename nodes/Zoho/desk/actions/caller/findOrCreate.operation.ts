import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { callerCreated, skippedCaller } from '../../../../caller/answer';
import { freshCallerIn, type Caller } from '../../../../caller/Caller';
import { callWithCustomer } from '../../../../caller/callInItem';
import { isoTime } from '../../../../caller/isoTime';
import { systemClock } from '../../../../transport/Clock';
import { additionalFieldsGiven, additionalFieldsParameter } from '../../../caller/additionalFields';
import { createAsParameter, kindToCreate } from '../../../caller/createAs';
import { askedCaller, searchOptions } from '../../../caller/searchParameters';
import { ZOHO_DESK } from '../../../transport/deskErrors';
import { zohoDeskClient, type ZohoDeskClient } from '../../../transport/zohoDesk';
import { agentChoiceParameters, chosenAgent } from '../../agentChoice';
import {
	createCaller,
	NEW_RECORD_MODULES,
	type NewCallerRecord,
	type NewRecordKind,
} from '../../caller/creation';
import { findCallers } from '../../caller/finding';

const createParameters: INodeProperties[] = [
	createAsParameter([
		{
			name: 'Account',
			value: 'account',
			description: 'And a contact of the account, since tickets are for contacts only',
		},
		{ name: 'Contact', value: 'contact' },
	]),
	{
		displayName: 'Name',
		name: 'newName',
		type: 'string',
		default: "={{ $json.decision?.createRecord?.name ?? '' }}",
		description:
			'Last name of the new contact, or name of the new account. Empty takes Automatic New Contact or Automatic New Account and the number.',
	},
	...agentChoiceParameters({
		displayName: 'Owner',
		name: 'owner',
		description: 'Which agent of Zoho Desk the new record belongs to',
		none: {
			name: 'Connected Agent',
			description: 'The agent with whose credential the node works',
		},
	}),
	additionalFieldsParameter(
		'e.g. cf_source',
		'As listed in Zoho Desk under Setup, Layouts and Fields; those of your own begin with cf_',
	),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Number Goes To',
				name: 'numberField',
				type: 'options',
				default: 'phone',
				description: 'Field of the new contact that takes the number',
				options: [
					{ name: 'Mobile', value: 'mobile' },
					{
						name: 'Phone',
						value: 'phone',
						description: 'Zoho Desk finds a contact by this field also in the first minutes',
					},
				],
			},
			...searchOptions,
		],
	},
];

/** Looks who called, and creates a record for whoever is unknown: one per number, however many calls come at once. */
export const findOrCreate: Operation = {
	description: shownFor('caller', 'findOrCreate', createParameters),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const give = (callers: Caller[]) =>
			callers.map((caller) => ({ json: { ...json, match: { ...caller } } }));

		const asked = askedCaller(context, itemIndex, 'deskAgentId');
		if ('skipped' in asked) {
			return give([skippedCaller(asked.number, asked.skipped, isoTime(systemClock.now()))]);
		}
		const { wanted } = asked;
		const client = await zohoDeskClient(context, itemIndex);
		const fresh = freshCallerIn(json, wanted.number, systemClock.now());
		const found = fresh ? [fresh] : await findCallers(client, wanted, systemClock);
		const [first] = found;
		if (first.status !== 'unknown') return give(found);

		const kind = kindToCreate(context, itemIndex, NEW_RECORD_MODULES, ZOHO_DESK);
		if ('nothing' in kind) return give([{ ...first, choice: `${first.choice} ${kind.nothing}` }]);
		const wish = await newRecordOf(context, client, itemIndex, kind.kind, wanted.number);
		const { record, isNew } = await createCaller(client, wish, systemClock);
		return give([
			callerCreated(isNew ? 'created' : 'known', wanted.number, record, first.searchedAt),
		]);
	},
};

async function newRecordOf(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	itemIndex: number,
	kind: NewRecordKind,
	number: string,
): Promise<NewCallerRecord> {
	const call = callWithCustomer(context.getInputData()[itemIndex].json);
	const typedName = String(context.getNodeParameter('newName', itemIndex) ?? '').trim();
	const title = kind === 'account' ? 'Account' : 'Contact';
	const owner = await chosenAgent(context, client, itemIndex, 'owner', call?.agent?.email ?? null);
	const fields = additionalFieldsGiven(context, itemIndex);
	return {
		kind,
		name: typedName || `Automatic New ${title} ${call?.customer.number || number}`,
		number,
		numberField: context.getNodeParameter(
			'options.numberField',
			itemIndex,
			'phone',
		) as NewCallerRecord['numberField'],
		ownerId: owner.id,
		fields: Object.fromEntries(fields.map(({ name, value }) => [name, value])) as IDataObject,
	};
}

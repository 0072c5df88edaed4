import type { FieldType, IDataObject, IExecuteFunctions, ResourceMapperValue } from 'n8n-workflow';
import type { DeskModule } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import { findAgentByEmail } from '../metadata/agents';
import { fieldsOf } from '../metadata/fields';
import { refusal } from '../refusal';
import { deskValue, mapperType } from './fieldTypes';

/** Name of the resource mapper parameter in all operations that write records. */
export const FIELDS_PARAMETER = 'fields';

/** What Desk fills by itself and what it adds to an answer: passed over when an item is mapped as it is. */
const READ_ONLY: ReadonlySet<string> = new Set([
	'account',
	'accountCount',
	'approvalCount',
	'attachmentCount',
	'channelCode',
	'channelRelatedInfo',
	'closedTime',
	'commentCount',
	'createdBy',
	'createdTime',
	'customFields',
	'customerHappiness',
	'customerResponseTime',
	'entitySkills',
	'followerCount',
	'id',
	'isAnonymous',
	'isArchived',
	'isDeleted',
	'isEndUser',
	'isEscalated',
	'isFollowing',
	'isOverDue',
	'isResponseOverdue',
	'isSpam',
	'isTrashed',
	'layoutDetails',
	'layoutId',
	'modifiedBy',
	'modifiedTime',
	'onholdTime',
	'owner',
	'photoURL',
	'responseDueDate',
	'secondaryContacts',
	'sentiment',
	'sharedDepartments',
	'slaId',
	'source',
	'statusType',
	'tagCount',
	'taskCount',
	'threadCount',
	'ticketNumber',
	'timeEntryCount',
	'webUrl',
	'zohoCRMAccount',
	'zohoCRMContact',
]);

/**
 * The fields that one item stands for, by API name, to be made a body by `recordBody`.
 *
 * Fields left empty are not sent. With automatic mapping the fields of the portal are read (four credits, then cached),
 * and those that Desk fills by itself are passed over.
 *
 * @throws ServiceError with automatic mapping, when Desk has no such field
 */
export async function recordDataOf(
	context: IExecuteFunctions,
	client: ZohoDeskClient,
	module: DeskModule,
	itemIndex: number,
): Promise<IDataObject> {
	const mapped = context.getNodeParameter(FIELDS_PARAMETER, itemIndex) as ResourceMapperValue;
	const isAutomatic = mapped.mappingMode === 'autoMapInputData';
	const given = isAutomatic
		? writableValues(context.getInputData()[itemIndex].json)
		: withoutEmpty((mapped.value ?? {}) as IDataObject);
	const types = isAutomatic
		? await typesInPortal(client, module)
		: new Map(mapped.schema?.map(({ id, type }) => [id, type]));
	const ignoresUnknown =
		context.getNodeParameter('options.ignoreUnknownFields', itemIndex, false) === true;
	const unknown = isAutomatic ? Object.keys(given).filter((name) => !types.has(name)) : [];
	if (unknown.length > 0 && !ignoresUnknown) throw unknownFields(module, unknown);

	const zone = context.getTimezone();
	const record: IDataObject = {};
	for (const [name, value] of Object.entries(given)) {
		if (unknown.includes(name)) continue;
		record[name] =
			name === 'ownerId' || name === 'assigneeId'
				? await agentId(client, String(value))
				: deskValue(name, types.get(name), value, zone);
	}
	return record;
}

async function typesInPortal(
	client: ZohoDeskClient,
	module: DeskModule,
): Promise<Map<string, FieldType | undefined>> {
	const fields = await fieldsOf(client, module);
	return new Map(fields.map((field) => [field.apiName, mapperType(field)]));
}

/** Custom fields stand below `cf` in Desk's own answers. */
function writableValues({ cf, ...json }: IDataObject): IDataObject {
	const values = withoutEmpty({ ...json, ...(cf as IDataObject | null | undefined) });
	return Object.fromEntries(Object.entries(values).filter(([name]) => !READ_ONLY.has(name)));
}

/** People name an agent by e-mail address; Zoho wants the id. */
async function agentId(client: ZohoDeskClient, value: string): Promise<string> {
	if (!value.includes('@')) return value;
	const agent = await findAgentByEmail(client, value);
	if (agent) return agent.id;
	throw refusal(
		`Zoho Desk has no active agent with the e-mail address ${value}`,
		'Check the address, or give the ID of the agent.',
	);
}

function unknownFields(module: DeskModule, names: readonly string[]) {
	return refusal(
		`Zoho Desk has no field ${names.map((name) => `"${name}"`).join(', ')} in ${module}`,
		'Use API names, which are case-sensitive and differ from labels, or switch on Ignore Unknown Fields. A field that the layout does not show counts as missing.',
	);
}

function withoutEmpty(values: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(
			([, value]) => value !== null && value !== undefined && value !== '',
		),
	);
}

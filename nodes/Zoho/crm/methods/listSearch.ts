import type { IDataObject } from 'n8n-workflow';
import { forEditor } from '../../../actions/forEditor';
import { matchingItems } from '../../../actions/matchingItems';
import { zohoCrmClient, type ZohoCrmClient } from '../../transport/zohoCrm';
import { modulesOf } from '../metadata/modules';
import { activeUsers } from '../metadata/users';
import { listRecords } from '../records/listRecords';
import type { RecordKind } from '../records/RecordKind';
import { currentKind } from './currentKind';

const RECORDS_IN_LIST = 50;

/** Zoho searches for nothing shorter. */
const SHORTEST_SEARCH_WORD = 2;

/** The modules of the organisation; the value is the API name. */
export const searchModules = forEditor(async (context, filter?: string) => {
	const modules = await modulesOf(await zohoCrmClient(context));
	const results = modules.map(({ plural_label, api_name }) => ({
		name: plural_label === api_name ? plural_label : `${plural_label} (${api_name})`,
		value: api_name,
	}));
	return { results: matchingItems(results, filter) };
});

/** The active users, by name and e-mail address; the value is the id. */
export const searchUsers = forEditor(async (context, filter?: string) => {
	const users = await activeUsers(await zohoCrmClient(context));
	const results = users
		.map(({ id, full_name, email }) => ({ name: `${full_name} (${email})`, value: id }))
		.sort((one, other) => one.name.localeCompare(other.name));
	return { results: matchingItems(results, filter) };
});

/** Contacts, leads or accounts: the latest ones, or those that Zoho finds for a word. */
export const searchRecords = forEditor(async (context, filter?: string) => {
	const kind = currentKind(context);
	const client = await zohoCrmClient(context);
	const word = filter?.trim() ?? '';
	const records =
		word.length < SHORTEST_SEARCH_WORD
			? await latestRecords(client, kind)
			: await recordsWithWord(client, kind, word);
	return {
		results: records.map((record) => ({
			name: String(record[kind.nameField] ?? record.id),
			value: String(record.id),
			url: client.recordUrl(kind.module, String(record.id)) ?? undefined,
		})),
	};
});

async function latestRecords(client: ZohoCrmClient, kind: RecordKind): Promise<IDataObject[]> {
	return await listRecords(client, {
		module: kind.module,
		fields: [kind.nameField],
		limit: RECORDS_IN_LIST,
		sortBy: 'Modified_Time',
		sortOrder: 'desc',
	});
}

async function recordsWithWord(
	client: ZohoCrmClient,
	kind: RecordKind,
	word: string,
): Promise<IDataObject[]> {
	const { body } = await client.read({
		method: 'GET',
		path: `/${kind.module}/search`,
		query: { word, fields: kind.nameField, per_page: RECORDS_IN_LIST },
	});
	return (body?.data ?? []) as IDataObject[];
}

import type { IDataObject } from 'n8n-workflow';
import type { DeskModule } from '../../transport/deskPaths';
import type { ZohoDeskClient } from '../../transport/zohoDesk';
import type { CallerModule } from './candidate';

/** What was written a moment ago is among these. */
const NEWEST = 50;

/**
 * A record with exactly this number, read from the records themselves and not from the search index, which lags some
 * minutes behind; the newest one. Three credits.
 *
 * `/groupContacts` knows all contacts by `phone` (zoho-desk.md, 4.2); for the rest there are only the newest records.
 *
 * @param number as it is stored
 */
export async function recordWithNumber(
	client: ZohoDeskClient,
	module: CallerModule,
	field: 'phone' | 'mobile',
	number: string,
): Promise<IDataObject | null> {
	const candidates =
		module === 'contacts' && field === 'phone'
			? await contactsWithPhone(client, number)
			: await newestRecords(client, module);
	const same = candidates.filter((record) => record[field] === number);
	const [newest] = same.sort((one, other) =>
		String(other.createdTime).localeCompare(String(one.createdTime)),
	);
	return newest ?? null;
}

async function contactsWithPhone(client: ZohoDeskClient, number: string): Promise<IDataObject[]> {
	const { body } = await client.read({
		method: 'GET',
		path: '/groupContacts',
		query: { fieldName: 'phone', fieldValues: number, include: 'accounts' },
	});
	const groups = (body?.data ?? []) as Array<{ contacts?: IDataObject[] }>;
	return groups.flatMap(({ contacts = [] }) => contacts);
}

/** Read from the records themselves, the newest first. Three credits. */
export async function newestRecords(
	client: ZohoDeskClient,
	module: DeskModule,
): Promise<IDataObject[]> {
	const { body } = await client.read({
		method: 'GET',
		path: `/${module}`,
		query: { sortBy: '-createdTime', limit: NEWEST },
	});
	return (body?.data ?? []) as IDataObject[];
}

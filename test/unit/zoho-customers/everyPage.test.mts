import type { IDataObject } from 'n8n-workflow';
import { readPages } from '../../../nodes/Zoho/crm/customers/pages';
import type { ZohoCrmClient } from '../../../nodes/Zoho/transport/zohoCrm';
import { everyRecord } from '../../../nodes/Zoho/desk/customers/everyRecord';
import type { ZohoDeskClient } from '../../../nodes/Zoho/transport/zohoDesk';

describe('an address book that is read to its end', () => {
	it('is no whole one if Zoho CRM says that there is more and not where', async () => {
		const info = { more_records: true, next_page_token: null };
		const client = {
			read: async () => await Promise.resolve({ body: { data: [{ id: '1' }], info } }),
		} as unknown as ZohoCrmClient;
		const reading = readPages(client, {
			module: 'Contacts',
			fields: ['Phone'],
			onRecord: () => true,
		});
		await expect(reading).rejects.toMatchObject({
			message: 'Zoho CRM has more records in Contacts than it gives in pages',
			advice: 'Set Read By to Bulk Read.',
		});
	});

	it('is no whole one if a list of Zoho Desk ends where Zoho gives no more of any list', async () => {
		const all = Array.from({ length: 7_000 }, (_, index) => ({
			id: String(index),
			createdTime: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
		}));
		const client = {
			read: async ({ query }: { query: IDataObject }) => {
				const until = String(query.createdTimeRange ?? '')
					.split(',')
					.at(1);
				const rows = all.filter(({ createdTime }) => !until || createdTime <= until);
				const [from, limit] = [Number(query.from), Number(query.limit)];
				// About 5,000 of one list, however one pages (zoho-desk.md, 2).
				const data = rows.slice(0, 5_000).slice(from, from + limit);
				return await Promise.resolve({ body: data.length > 0 ? { data } : undefined });
			},
		} as unknown as ZohoDeskClient;
		const seen = new Set<string>();
		await everyRecord(client, {
			module: 'contacts',
			onRecord({ id }) {
				seen.add(String(id));
				return true;
			},
		});
		expect(seen.size).toBe(7_000);
	});
});

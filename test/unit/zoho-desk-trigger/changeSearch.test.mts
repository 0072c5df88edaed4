import type { IDataObject } from 'n8n-workflow';
import { searchChanges } from '../../../nodes/Zoho/desk/events/changeSearch';
import type { DeskPages } from '../../../nodes/Zoho/transport/deskPages';

const START = Date.UTC(2026, 3, 1);
const at = (second: number) => new Date(START + second * 1_000).toISOString();

/** Answers as Desk's search: both ends belong to the range, and no more than `limit`. */
function searchIn(records: IDataObject[]) {
	const asked: DeskPages[] = [];
	const list = async (pages: DeskPages) => {
		asked.push(pages);
		const [from, to] = String(pages.query?.modifiedTimeRange).split(',');
		const found = records.filter(
			({ modifiedTime }) => String(modifiedTime) >= from && String(modifiedTime) <= to,
		);
		return await Promise.resolve(found.slice(0, pages.limit));
	};
	return { asked, list };
}
const changedAt = (...seconds: number[]) =>
	seconds.map((second, index) => ({ id: String(index), modifiedTime: at(second) }));
const idsOf = (records: IDataObject[]) => records.map(({ id }) => id);

it('asks for what was changed in the time, oldest first', async () => {
	const { asked, list } = searchIn(changedAt(1, 5, 9));
	const found = await searchChanges({ list }, 'contact', START + 2_000, START + 9_000);
	expect(idsOf(found)).toEqual(['1', '2']);
	expect(asked).toEqual([
		{
			path: '/contacts/search',
			query: { modifiedTimeRange: `${at(2)},${at(9)}`, sortBy: 'modifiedTime' },
			limit: 2_000,
		},
	]);
});

it('goes on in parts where there is more than Desk gives at once', async () => {
	const { asked, list } = searchIn(changedAt(1, 1, 2, 2, 2, 3, 4, 5, 6));
	const found = await searchChanges({ list }, 'ticket', START, START + 10_000, 4);
	expect(idsOf(found)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
	expect(asked.map(({ query }) => String(query?.modifiedTimeRange).slice(17, 19))).toEqual([
		'00',
		'02',
		'03',
		'06',
	]);
});

it('does not stand still when a whole part was changed in one second', async () => {
	const { list } = searchIn(changedAt(1, 1, 1, 1, 1, 2, 3));
	const found = await searchChanges({ list }, 'ticket', START, START + 10_000, 3);
	expect(idsOf(found)).toEqual(['0', '1', '2', '5', '6']);
});

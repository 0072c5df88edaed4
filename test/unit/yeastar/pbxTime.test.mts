import { createPbxTime } from '../../../nodes/Yeastar/pbxTime';

const START = Date.parse('2026-03-02T07:15:20Z') / 1_000;

describe('the wall clock of the PBX', () => {
	it.each([
		['2026-03-02 15:15:20', 'China'],
		['2026-03-02 07:15:20', 'UTC'],
		['2026-03-02 12:45:20', 'India'],
		['2026-03-02 02:15:20', 'New York'],
	])('%s (%s) is told by the id of the call alone', (local) => {
		expect(createPbxTime().toUtc(local, `${START}.42`)).toBe(START * 1_000);
	});

	it('a leg that starts long after its call needs an offset that was learned', () => {
		const pbxTime = createPbxTime();
		pbxTime.learnFrom({ uid: '20260302151520A1B2C', timestamp: START, call_id: `${START}.1` });
		expect(pbxTime.toUtc('2026-03-02 15:45:20', `${START - 600}.42`)).toBe((START + 1_800) * 1_000);
	});

	it('does not learn from a later row of a call whose rows share one uid', () => {
		const pbxTime = createPbxTime();
		pbxTime.learnFrom({
			uid: '20260302151520A1B2C',
			timestamp: START + 900,
			call_id: `${START}.1`,
		});
		expect(pbxTime.toUtc('2026-03-02 15:15:20', `${START}.42`)).toBe(START * 1_000);
	});

	it('follows the clock change of spring before any record has told of it', () => {
		const pbxTime = createPbxTime();
		pbxTime.learnFrom({ uid: '20260302021520A1B2C', timestamp: START, call_id: `${START}.1` });
		const summer = START + 20 * 86_400;
		const local = new Date((summer - 4 * 3_600) * 1_000)
			.toISOString()
			.replace('T', ' ')
			.slice(0, 19);
		expect(pbxTime.toUtc(local, `${summer}.7`)).toBe(summer * 1_000);
	});

	it('takes a time zone that was set', () => {
		expect(createPbxTime('Europe/London').toUtc('2026-07-01 12:00:00', 'x')).toBe(
			Date.parse('2026-07-01T11:00:00Z'),
		);
	});

	it('gives nothing for what is no time', () => {
		expect(createPbxTime().toUtc('soon', `${START}.42`)).toBeNull();
	});
});

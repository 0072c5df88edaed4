import { pbxText } from '../../../nodes/Yeastar/actions/contact/pbxText';
import { learnDisplayClock } from '../../../nodes/Yeastar/displayClock';
import { baseUrlOf } from '../../../nodes/Yeastar/transport/baseUrl';

describe('the address of the PBX', () => {
	it.each([
		['https://192.168.5.150:8088', 'https://192.168.5.150:8088'],
		['https://192.168.5.150:8088/', 'https://192.168.5.150:8088'],
		[' https://192.168.5.150:8088/#/login ', 'https://192.168.5.150:8088'],
		['https://pbx.ras.yeastar.com/openapi/v1.0', 'https://pbx.ras.yeastar.com'],
		['https://pbx.ras.yeastar.com/openapi/v1.0/get_token', 'https://pbx.ras.yeastar.com'],
		['https://pbx.example/login', 'https://pbx.example'],
		['https://proxy.example/pbx/', 'https://proxy.example/pbx'],
		['pbx.eu.yeastarcloud.com', 'https://pbx.eu.yeastarcloud.com'],
		['http://127.0.0.1:8080/?x=1', 'http://127.0.0.1:8080'],
	])('%s is %s', (typed, expected) => {
		expect(baseUrlOf(typed)).toBe(expected);
	});

	it.each(['', 'https://', 'ftp://pbx.example', 'my pbx'])('"%s" is none', (typed) => {
		expect(() => baseUrlOf(typed)).toThrow('not a web address');
	});
});

describe('texts of contacts', () => {
	it.each([
		['name', 'Amina', 'Amina', []],
		['name', 'Dr. O\'Neil & "Sons"', 'Dr ONeil Sons', ['"."', '"\'"', '"&"', '"""']],
		['company', 'R&D <Labs> Ltd.', 'RD Labs Ltd.', ['"&"', '"<"', '">"']],
		['number', '+254 (700) 111-222 ext. 8', '+254 (700) 111-222 . 8', ['"e"', '"x"', '"t"']],
		['email', ' amina@example.com ', 'amina@example.com', []],
		['other', 'crm:501 & more', 'crm:501 & more', []],
	] as const)('%s "%s" becomes "%s"', (kind, typed, text, removed) => {
		expect(pbxText(kind, typed)).toEqual({ text, removed });
	});

	it('are cut to the length that the PBX takes', () => {
		expect(pbxText('name', 'x'.repeat(200))).toEqual({
			text: 'x'.repeat(127),
			removed: ['all after 127 characters'],
		});
	});
});

describe('the display format of the PBX', () => {
	const timestamp = 1_772_435_720; // 2026-03-02T07:15:20Z
	const evening = timestamp + 10 * 3_600;

	it.each([
		['03/02/2026 15:15:20', '03/02/2026 15:15:20'],
		['02/03/2026 15:15:20', '02/03/2026 15:15:20'],
		['2026/03/02 15:15:20', '2026/03/02 15:15:20'],
		['03/02/2026 03:15:20 PM', '03/02/2026 03:15:20 PM'],
		['2026/03/02 03:15:20 PM', '2026/03/02 03:15:20 PM'],
		// Half an hour off the full hour, as in India.
		['02/03/2026 12:45:20', '02/03/2026 12:45:20'],
	])('is found from a record at %s', (time, shown) => {
		expect(learnDisplayClock([{ time, timestamp }])?.show(new Date(timestamp * 1_000))).toBe(shown);
	});

	it('is found from several records when one leaves the order of day and month open', () => {
		const rows = [
			{ time: '03/03/2026 10:00:00', timestamp: Date.UTC(2026, 2, 3, 2) / 1_000 },
			{ time: '04/03/2026 10:00:00', timestamp: Date.UTC(2026, 2, 4, 2) / 1_000 },
		];
		expect(learnDisplayClock(rows)?.show(new Date(evening * 1_000))).toMatch(/^03\/03\/2026/);
		expect(learnDisplayClock(rows)?.show(new Date(Date.UTC(2026, 4, 9)))).toBe(
			'09/05/2026 08:00:00',
		);
	});

	it('is not made up', () => {
		expect(learnDisplayClock([])).toBeNull();
		expect(learnDisplayClock([{ time: '2026-03-02 15:15:20', timestamp }])).toBeNull();
		expect(learnDisplayClock([{ time: '05/06/2026 15:15:20', timestamp }])).toBeNull();
	});
});

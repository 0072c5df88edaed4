import { DateTime } from 'luxon';
import { refusalNow, replyWindow } from '../../../nodes/WeCom/replyWindow/replyWindow';

const wrote = DateTime.fromISO('2026-03-02T08:00:00Z', { zone: 'utc' });
const after = (hours: number) => wrote.plus({ hours });

it.each([
	['at once', 5, 5, 0, null],
	['just before the end', 1, 1, 47.999, null],
	['at the end', 1, 5, 48, { later: true, words: ['48 hours', '2026-03-04 16:00'] }],
	['long after', 1, 5, 500, { later: true, words: ['48 hours', 'Call'] }],
	['the sixth', 1, 0, 1, { later: true, words: ['1 message', 'none is left', '5'] }],
	['two for one', 2, 1, 1, { later: true, words: ['2 messages', '1 is left', 'Shorten'] }],
	['three for two', 3, 2, 1, { later: true, words: ['3 messages', '2 are left'] }],
	['too many at any time', 6, 5, 1, { later: false, words: ['6 messages', 'Shorten'] }],
	['too many, and late', 6, 0, 100, { later: false, words: ['6 messages'] }],
])('%s', (_name, messages, left, hours, refused) => {
	const refusal = refusalNow(replyWindow(wrote, left), messages, after(hours), 'Asia/Shanghai');
	expect(refusal?.canBeSentLater).toBe(refused?.later);
	const said = `${refusal?.reason} ${refusal?.advice}`;
	expect((refused?.words ?? []).filter((word) => !said.includes(word))).toEqual([]);
});

it.each([
	[null, 5],
	[9, 5],
	[-1, 0],
	[2.7, 2],
])('of %s messages %s count', (given, counted) => {
	expect(replyWindow(null, given)).toEqual({ endsAt: null, messagesLeft: counted });
});

it('without the time of the last message WeCom decides', () => {
	expect(refusalNow(replyWindow(null, null), 5, after(1_000), 'UTC')).toBeNull();
});

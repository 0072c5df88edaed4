import { learnDisplayClock } from '../../../nodes/Yeastar/displayClock';
import { messageTime } from '../../../nodes/Yeastar/actions/voicemail/messageTime';

const LEFT_AT = Date.parse('2026-03-02T07:15:20Z') / 1_000;
const HOUR = 3_600;

/** Learned from one call record at this wall clock. */
const clockOf = (time: string, timestamp: number) => learnDisplayClock([{ time, timestamp }]);
const chinese = clockOf('02/03/2026 15:15:20', LEFT_AT);

describe('the time of a voicemail message', () => {
	it.each([
		['02/03/2026 15:15:20', 'day first, China'],
		['2026/03/02 12:45:20', 'India'],
		['03/02/2026 02:15:20 AM', 'New York, 12 hours'],
		['2026-03-02 07:15:20', 'the form of events, UTC'],
	])('is told by its ID alone: %s (%s)', (time) => {
		expect(messageTime(time, `${LEFT_AT}-00000619`, null)?.getTime()).toBe(LEFT_AT * 1_000);
	});

	it.each([
		['02/03/2026 15:15:20', 'in the display format'],
		['2026-03-02 15:15:20', 'in the form of events'],
	])('is told by the call records alone: %s, %s', (time) => {
		expect(messageTime(time, 'msg0001', chinese)?.getTime()).toBe(LEFT_AT * 1_000);
	});

	it('is that of the message although it was copied later', () => {
		for (const later of [2 * HOUR, 13 * HOUR + 7, 30 * 24 * HOUR]) {
			const copied = `${LEFT_AT + later}-0000061a`;
			expect(messageTime('02/03/2026 15:15:20', copied, chinese)?.getTime()).toBe(LEFT_AT * 1_000);
		}
	});

	it('follows a clock change since', () => {
		const summer = LEFT_AT + 90 * 24 * HOUR;
		const london = clockOf('31/05/2026 08:15:20', summer);
		const read = messageTime('02/03/2026 07:15:20', `${LEFT_AT}-00000619`, london);
		expect(read?.getTime()).toBe(LEFT_AT * 1_000);
	});

	it('is read day first although the call records leave that open', () => {
		const openOrder = clockOf('03/03/2026 15:15:20', LEFT_AT + 24 * HOUR);
		const read = messageTime('02/03/2026 15:15:20', `${LEFT_AT}-00000619`, openOrder);
		expect(read?.getTime()).toBe(LEFT_AT * 1_000);
	});

	it.each([
		['02/03/2026 15:15:20', 'msg0001', 'nothing to tell the time zone'],
		['yesterday', `${LEFT_AT}-00000619`, 'no time'],
		['', '', 'nothing at all'],
	])('is not made up: %s, %s (%s)', (time, id) => {
		expect(messageTime(time, id, null)).toBeNull();
	});
});

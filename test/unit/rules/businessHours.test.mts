import {
	isWithinBusinessHours,
	parseTimeOfDay,
	type BusinessHours,
	type Weekday,
} from '../../../nodes/rules/businessHours';

const weekdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

function hours(timeZone: string | null, ...periods: Array<[Weekday[], string, string]>) {
	return {
		timeZone,
		periods: periods.map(([days, from, to]) => ({
			days,
			opensAt: parseTimeOfDay(from) ?? NaN,
			closesAt: parseTimeOfDay(to) ?? NaN,
		})),
	} satisfies BusinessHours;
}

const office = hours('Asia/Shanghai', [weekdays, '09:00', '12:00'], [weekdays, '13:30', '18:00']);
const night = hours('Asia/Shanghai', [['friday'], '22:00', '06:00']);
const allDay = hours('Asia/Shanghai', [['saturday'], '00:00', '24:00']);
const roundTheClock = hours('Asia/Shanghai', [['saturday'], '08:00', '08:00']);
const berlin = hours('Europe/Berlin', [['sunday', 'monday'], '09:00', '17:00']);
const berlinNight = hours('Europe/Berlin', [['saturday'], '23:00', '04:00']);

const cases: Array<[string, BusinessHours, string, boolean]> = [
	['at the first minute', office, '2026-03-02T09:00:00+08:00', true],
	['a second before it', office, '2026-03-02T08:59:59+08:00', false],
	['in the lunch break', office, '2026-03-02T12:30:00+08:00', false],
	['in the second period', office, '2026-03-02T13:30:00+08:00', true],
	['in the last minute', office, '2026-03-02T17:59:59+08:00', true],
	['at closing time', office, '2026-03-02T18:00:00+08:00', false],
	['on Saturday', office, '2026-03-07T10:00:00+08:00', false],
	['on Sunday', office, '2026-03-08T10:00:00+08:00', false],
	['on Friday in UTC, Saturday in Shanghai', office, '2026-03-06T20:00:00Z', false],
	['on Sunday in UTC, Monday in Shanghai', office, '2026-03-02T01:30:00Z', true],
	['before a night opens', night, '2026-03-06T21:59:00+08:00', false],
	['before midnight', night, '2026-03-06T23:59:00+08:00', true],
	['after midnight', night, '2026-03-07T05:59:00+08:00', true],
	['when the night is over', night, '2026-03-07T06:00:00+08:00', false],
	['on the morning before the night', night, '2026-03-06T05:00:00+08:00', false],
	['on the evening after the night', night, '2026-03-07T23:00:00+08:00', false],
	['at the start of a whole day', allDay, '2026-03-07T00:00:00+08:00', true],
	['at the end of a whole day', allDay, '2026-03-07T23:59:59+08:00', true],
	['after a whole day', allDay, '2026-03-08T00:00:00+08:00', false],
	['a day from eight to eight, on its morning', roundTheClock, '2026-03-07T07:59:00+08:00', false],
	['a day from eight to eight, the next one', roundTheClock, '2026-03-08T07:59:00+08:00', true],
	['09:30 in winter time', berlin, '2026-03-02T08:30:00Z', true],
	['08:30 in winter time', berlin, '2026-03-02T07:30:00Z', false],
	['09:30 on the day of summer time', berlin, '2026-03-29T07:30:00Z', true],
	['17:30 on the day of summer time', berlin, '2026-03-29T15:30:00Z', false],
	['08:30 after the end of summer time', berlin, '2026-10-25T07:30:00Z', false],
	['03:30 in the night that loses an hour', berlinNight, '2026-03-29T01:30:00Z', true],
	['04:00 in the night that loses an hour', berlinNight, '2026-03-29T02:00:00Z', false],
	['the first 02:30 of the night that gains one', berlinNight, '2026-10-25T00:30:00Z', true],
	['the second 02:30 of the night that gains one', berlinNight, '2026-10-25T01:30:00Z', true],
	['04:00 in the night that gains one', berlinNight, '2026-10-25T03:00:00Z', false],
];

describe('business hours', () => {
	it.each(cases)('%s', (_, businessHours, instant, inside) => {
		expect(isWithinBusinessHours(instant, businessHours, 'UTC')).toBe(inside);
	});

	it('take the time zone of the workflow if they name none', () => {
		const unnamed = hours(null, [weekdays, '09:00', '18:00']);
		expect(isWithinBusinessHours('2026-03-02T02:00:00Z', unnamed, 'Asia/Shanghai')).toBe(true);
		expect(isWithinBusinessHours('2026-03-02T02:00:00Z', unnamed, 'Europe/Berlin')).toBe(false);
	});

	it('never end without a period', () => {
		expect(isWithinBusinessHours('2026-03-08T02:00:00Z', hours(null), 'UTC')).toBe(true);
	});
});

describe('a time of day', () => {
	it.each([
		['09:00', 540],
		['9:05', 545],
		[' 18:30 ', 1110],
		['9：00', 540],
		['00:00', 0],
		['24:00', 1440],
		['24:01', null],
		['12:60', null],
		['9', null],
		['9am', null],
		['', null],
	])('%j', (text, minutes) => {
		expect(parseTimeOfDay(text)).toBe(minutes);
	});
});

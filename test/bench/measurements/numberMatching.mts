import { callersFrom } from '../../../nodes/caller/answer';
import { matchNumber, type Candidate } from '../../../nodes/phone/matchNumber';
import { parseNumber } from '../../../nodes/phone/phoneNumber';
import { spellings } from '../../../nodes/phone/spellings';
import type { Measured, Measurement, Target } from '../Measurement.mts';
import { figure } from '../statistics.mts';
import { callsOf, framesOfCalls, framesOfRinging } from './interleavedCalls.mts';
import { CALLER, candidates, WRITTEN_NUMBERS } from './manyCandidates.mts';
import { pacesOf } from './pace.mts';

/** The same work per item may take so much longer among a thousand than among ten: caches of the processor. */
const MOST_GROWTH = 2;

export const numberMatching: Measurement = {
	name: 'numberMatching',
	title:
		'Numbers read and compared, callers chosen and frames folded, as functions without any input or output',
	run: async () => await Promise.resolve(measured()),
};

/** One kind of work, in sizes that are ten times as large each. */
interface Series {
	what: string;
	sizes: Array<{ size: number; task: () => unknown }>;
}

function measured(): Measured {
	const numbers: Series[] = [
		{ what: 'number read and normalized', sizes: [eachNumber((text) => parseNumber(text, 'CN'))] },
		{ what: 'ways to write a number', sizes: [eachNumber((text) => spellings(text, 'CN'))] },
	];
	const growing: Series[] = [
		{ what: 'candidates compared, caller chosen', sizes: [1, 10, 100, 1_000].map(matching) },
		{ what: 'queue calls at the same time, folded', sizes: [1, 10, 100, 1_000].map(folding) },
		{ what: 'telephones that one call rings, folded', sizes: [1, 10, 100, 1_000].map(ringing) },
	];
	const grown = growing.map((series) => ({ what: series.what, rows: rowsOf(series) }));
	return {
		header: ['what', 'how many', 'per second', 'µs each', 'each, against ten'],
		rows: [...numbers.flatMap(rowsOf), ...grown.flatMap(({ rows }) => rows)].map(
			({ cells }) => cells,
		),
		targets: grown.map(linearGrowth),
		notes: [
			'"Each, against ten" is the time for one item among so many, by the time for one among ten: 1 is linear growth. The frames of a queue call with ten telephones come in turns with those of the other calls; each is read as text, checked and folded, and the whole call is told when it has ended.',
		],
	};
}

interface Row {
	size: number;
	secondsEach: number;
	cells: Array<string | number>;
}

function rowsOf(series: Series): Row[] {
	const rounds = pacesOf(series.sizes.map(({ task }) => task));
	const seconds = series.sizes.map(({ size }, index) => 1 / rounds[index] / size);
	const ofTen = seconds[series.sizes.findIndex(({ size }) => size === 10)];
	return series.sizes.map(({ size }, index) => ({
		size,
		secondsEach: seconds[index],
		cells: [
			series.what,
			size,
			figure(1 / seconds[index]),
			figure(seconds[index] * 1e6),
			series.sizes.length > 1 ? figure(seconds[index] / ofTen) : '–',
		],
	}));
}

function linearGrowth({ what, rows }: { what: string; rows: Row[] }): Target {
	const each = (wanted: number) => rows.find(({ size }) => size === wanted)?.secondsEach ?? NaN;
	const growth = each(1_000) / each(10);
	return {
		what: `${what}: time of each among 1,000, against 10`,
		wanted: `≤ ${MOST_GROWTH} ×`,
		measured: `${figure(growth)} ×`,
		isMet: growth <= MOST_GROWTH,
	};
}

function eachNumber(work: (text: string) => unknown): Series['sizes'][number] {
	return { size: WRITTEN_NUMBERS.length, task: () => WRITTEN_NUMBERS.map(work) };
}

function matching(size: number): Series['sizes'][number] {
	const records = candidates(size).map((candidate) => ({ ...candidate, raw: {} }));
	const policy = {
		moduleOrder: ['Contacts', 'Accounts', 'Leads'],
		ifSeveral: 'ownedByAgent',
		agent: { email: 'owner3@kilima.example', userId: null },
	} as const;
	const wanted = { ...CALLER, lastDigits: 8, policy, simplify: true };
	return {
		size,
		task: () =>
			callersFrom(wanted, matchNumber(CALLER, records), recordOf, '2026-03-02T02:15:20.000Z'),
	};
}

function recordOf({ module, id, ownerId, ownerEmail }: Candidate) {
	return {
		module,
		id,
		name: id,
		ownerId,
		ownerEmail,
		url: null,
		accountId: null,
		accountName: null,
	};
}

function folding(size: number): Series['sizes'][number] {
	const frames = framesOfCalls(size);
	const answered = callsOf(frames).filter((call) => call?.result === 'answered');
	if (answered.length !== size) throw new Error(`${answered.length} of ${size} calls were folded`);
	return { size, task: () => callsOf(frames) };
}

function ringing(size: number): Series['sizes'][number] {
	const frames = framesOfRinging(size);
	const phones = callsOf(frames).flatMap((call) => call?.journey ?? []);
	if (phones.length !== size) throw new Error(`${phones.length} of ${size} telephones were folded`);
	return { size, task: () => callsOf(frames) };
}

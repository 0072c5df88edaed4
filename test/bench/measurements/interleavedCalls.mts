import { createCallTracker } from '../../../nodes/call/CallTracker';
import { EMPTY_DIRECTORY } from '../../../nodes/call/NumberDirectory';
import { summarizeCall } from '../../../nodes/call/summarizeCall';
import { parseFrame } from '../../../nodes/Yeastar/events/frame';
import { observationsInEvent } from '../../../nodes/Yeastar/events/observations';
import { createPbxTime } from '../../../nodes/Yeastar/pbxTime';
import { writeCallScript } from '../../simulators/yeastar/callScript.mts';
import { defaultCompany, type Company } from '../../simulators/yeastar/company.mts';

/** Unix seconds. */
const STARTED_AT = 1_772_435_720;
const LATER_MS = (STARTED_AT + 3_600) * 1_000;

/** Texts of all frames of so many queue calls that run at the same time: first frames first. */
export function framesOfCalls(count: number): string[] {
	const scripts = Array.from({ length: count }, (_, serial) =>
		framesOfQueueCall(defaultCompany(), serial),
	);
	const longest = Math.max(...scripts.map((frames) => frames.length));
	return Array.from({ length: longest }, (_, turn) =>
		scripts.flatMap((frames) => frames.slice(turn, turn + 1)),
	).flat();
}

/** Texts of the frames of one call that rings so many telephones one after the other, as a large queue does. */
export function framesOfRinging(phones: number): string[] {
	const member = (status: string, index: number) => ({
		extension: {
			number: String(2_000 + index),
			channel_id: `PJSIP/${2_000 + index}-${index}`,
			member_status: status,
			call_path: '6400',
		},
	});
	const frame = (status: string) => (_: unknown, index: number) =>
		JSON.stringify({
			type: 30011,
			sn: 'BENCH',
			msg: JSON.stringify({ call_id: `${STARTED_AT}.1`, members: [member(status, index)] }),
		});
	const each = Array.from({ length: phones });
	return [...each.map(frame('RING')), ...each.map(frame('BYE'))];
}

/** What the trigger does with frames, without socket and clock: read, fold, and tell the calls that have ended. */
export function callsOf(frames: string[]) {
	const tracker = createCallTracker();
	const pbxTime = createPbxTime('Asia/Shanghai');
	const context = {
		pbxSerial: 'BENCH',
		directory: EMPTY_DIRECTORY,
		country: 'CN',
		outboundPrefix: '',
	};
	for (const text of frames) {
		const event = parseFrame(text);
		if (!event) throw new Error(`A frame that cannot be read: ${text}`);
		const now = STARTED_AT * 1_000;
		for (const { evidence } of tracker.observe(observationsInEvent(event, now, pbxTime), now)) {
			summarizeCall(evidence, context, false);
		}
	}
	return tracker.settled(LATER_MS).map(({ evidence }) => summarizeCall(evidence, context, true));
}

function framesOfQueueCall(company: Company, serial: number): string[] {
	const firmware = {
		company,
		timeZone: 'Asia/Shanghai',
		displayFormat: 'MDY24',
		uidPer: 'call',
		rowId: 'new_id',
		members: 'changed',
	} as const;
	const from = `138${String(serial).padStart(8, '0')}`;
	const { events } = writeCallScript(
		{ kind: 'inboundThroughQueue', from, startedAt: STARTED_AT },
		firmware,
		serial + 1,
		{ now: STARTED_AT },
	);
	return events.map(({ type, msg }) =>
		JSON.stringify({ type, sn: 'BENCH', msg: JSON.stringify(msg) }),
	);
}

import { summarizeCall, type CallContext } from '../../../nodes/call/summarizeCall';
import { noEvidence, takeIn } from '../../../nodes/call/CallEvidence';
import type { Call } from '../../../nodes/call/Call';
import type { NumberDirectory } from '../../../nodes/call/NumberDirectory';
import { observationsInEvent } from '../../../nodes/Yeastar/events/observations';
import { foldCallRecords } from '../../../nodes/Yeastar/foldCallRecords';
import { createPbxTime } from '../../../nodes/Yeastar/pbxTime';
import { writeCallScript, type CallScript } from '../../simulators/yeastar/callScript.mts';
import type { Firmware, ScriptedEvent } from '../../simulators/yeastar/callTape.mts';
import { defaultCompany as companyByDefault } from '../../simulators/yeastar/company.mts';
import type { Scenario } from '../../simulators/yeastar/scenario.mts';

const defaultCompany = companyByDefault();
const STARTED_AT = 1_772_435_720;

export const firmware: Firmware = {
	company: defaultCompany,
	timeZone: 'Asia/Shanghai',
	displayFormat: 'MDY24',
	uidPer: 'call',
	rowId: 'new_id',
	members: 'changed',
};

export const directory: NumberDirectory = {
	extensions: new Map(
		defaultCompany.extensions.map(({ number, name, email }) => [number, { name, email }]),
	),
	queues: new Map(defaultCompany.queues.map(({ number, name }) => [number, { name }])),
	ringGroups: new Map(defaultCompany.ringGroups.map(({ number, name }) => [number, { name }])),
	ivrs: new Map(defaultCompany.ivrs.map(({ number, name }) => [number, { name }])),
};

export const context: CallContext = {
	pbxSerial: 'TEST',
	directory,
	country: 'CN',
	outboundPrefix: '',
};

export function scriptOf(scenario: Scenario, members: Firmware['members'] = 'changed'): CallScript {
	return writeCallScript({ startedAt: STARTED_AT, ...scenario }, { ...firmware, members }, 42, {
		now: STARTED_AT,
	});
}

/** The call as the trigger makes it of events, received in the order given, one second apart. */
export function callFromEvents(
	callId: string,
	events: Array<Pick<ScriptedEvent, 'type' | 'msg'>>,
	isOver = true,
): Call | null {
	const pbxTime = createPbxTime();
	const evidence = noEvidence(callId);
	events
		.flatMap(({ type, msg }) =>
			observationsInEvent({ type, pbxSerial: 'TEST', message: msg }, STARTED_AT * 1_000, pbxTime),
		)
		.filter((observation) => observation.callId === callId)
		.forEach((observation) => takeIn(evidence, observation));
	return summarizeCall(evidence, context, isOver);
}

/** The calls as `Call Record > Get Calls` makes them of the rows. */
export function callsFromRows(script: CallScript): Call[] {
	return foldCallRecords(script.rows, context);
}

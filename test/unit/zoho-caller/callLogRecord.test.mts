import fc from 'fast-check';
import type { Call } from '../../../nodes/call/Call';
import {
	callLogRecord,
	durationNote,
	logDuration,
	zohoTime,
	type CallLogWishes,
} from '../../../nodes/Zoho/crm/callLog/record';
import { mentionsCall } from '../../../nodes/Zoho/callLog/texts';
import { aCall, missed } from './aCall.mts';

const wishes = (changes: Partial<CallLogWishes> = {}): CallLogWishes => ({
	subject: 'Subject',
	description: 'Call ID: 1772612100.55',
	record: null,
	ownerId: null,
	recordingLink: '',
	fields: {},
	...changes,
});

const outbound: Partial<Call> = { direction: 'outbound', callType: 'outboundAnswered' };
const unanswered: Partial<Call> = {
	direction: 'outbound',
	callType: 'outboundUnanswered',
	result: 'busy',
	talkSeconds: 0,
};

const facts: Array<[string, Partial<Call>, object, boolean]> = [
	['inboundAnswered', {}, { Call_Type: 'Inbound', Call_Duration: '03:27' }, false],
	[
		'inboundAnswered, 0 s',
		{ talkSeconds: 0 },
		{ Call_Type: 'Inbound', Call_Duration: '00:01' },
		true,
	],
	['inboundMissed', missed, { Call_Type: 'Missed' }, false],
	['voicemail', { ...missed, result: 'voicemail' }, { Call_Type: 'Missed' }, false],
	['abandoned', { ...missed, result: 'abandoned' }, { Call_Type: 'Missed' }, false],
	['busy', { ...missed, result: 'busy' }, { Call_Type: 'Missed' }, false],
	[
		'outboundAnswered',
		outbound,
		{ Call_Type: 'Outbound', Call_Duration: '03:27', Outgoing_Call_Status: 'Completed' },
		false,
	],
	[
		'outboundUnanswered',
		unanswered,
		{ Call_Type: 'Outbound', Call_Duration: '00:01', Outgoing_Call_Status: 'Completed' },
		true,
	],
	[
		'internal, answered',
		{ direction: 'internal', callType: null },
		{ Call_Type: 'Outbound', Call_Duration: '03:27', Outgoing_Call_Status: 'Completed' },
		false,
	],
	[
		'internal, missed',
		{ direction: 'internal', callType: null, result: 'missed', talkSeconds: 0 },
		{ Call_Type: 'Missed' },
		false,
	],
];

const links: Array<[string, CallLogWishes['record'], object]> = [
	[
		'a contact',
		{ module: 'Contacts', id: '554023000001', accountId: null },
		{ Who_Id: { id: '554023000001' } },
	],
	[
		'a contact with its account',
		{ module: 'Contacts', id: '554023000001', accountId: '554023000002' },
		{ Who_Id: { id: '554023000001' }, What_Id: { id: '554023000002' }, $se_module: 'Accounts' },
	],
	[
		'a lead',
		{ module: 'Leads', id: '554023000001', accountId: null },
		{ What_Id: { id: '554023000001' }, $se_module: 'Leads' },
	],
	[
		'an account',
		{ module: 'Accounts', id: '554023000001', accountId: null },
		{ What_Id: { id: '554023000001' }, $se_module: 'Accounts' },
	],
	['nothing', null, {}],
];

describe.each(links)('on %s', (_on, record, link) => {
	it.each(facts)('%s', (_type, changes, expected, hasNote) => {
		const call = aCall(changes);
		expect(callLogRecord(call, wishes({ record }))).toEqual({
			Subject: 'Subject',
			Call_Start_Time: '2026-03-04T08:15:00+00:00',
			Description: 'Call ID: 1772612100.55',
			...expected,
			...link,
		});
		expect(durationNote(call) !== null).toBe(hasNote);
	});
});

it.each([
	[0, '00:01'],
	[-3, '00:01'],
	[1, '00:01'],
	[59, '00:59'],
	[60, '01:00'],
	[3_599, '59:59'],
	[3_600, '60:00'],
	[7_507, '125:07'],
])('%i seconds are %s', (seconds, duration) => {
	expect(logDuration(seconds)).toBe(duration);
});

it.each([
	['2026-03-04T08:15:00Z', '2026-03-04T08:15:00+00:00'],
	['2026-03-04T08:15:00.999Z', '2026-03-04T08:15:00+00:00'],
	['2026-03-04T16:15:00+08:00', '2026-03-04T08:15:00+00:00'],
])('%s is %s for Zoho', (iso, expected) => {
	expect(zohoTime(iso)).toBe(expected);
});

it('can always be recognised and always fits, whatever people write', () => {
	fc.assert(
		fc.property(
			fc.string({ maxLength: 3_000 }),
			fc.string({ maxLength: 400 }),
			(description, subject) => {
				const record = callLogRecord(aCall(), wishes({ description, subject }));
				expect(mentionsCall(record.Description, '1772612100.55')).toBe(true);
				expect(String(record.Description).length).toBeLessThanOrEqual(2_000);
				expect(String(record.Subject).length).toBeLessThanOrEqual(255);
			},
		),
	);
});

it('lets additional fields win', () => {
	const record = callLogRecord(
		aCall(),
		wishes({ ownerId: '1', recordingLink: 'https://a', fields: { Owner: { id: '2' }, X: 'y' } }),
	);
	expect(record).toMatchObject({ Owner: { id: '2' }, Voice_Recording__s: 'https://a', X: 'y' });
});

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { CallRules } from '../../../nodes/CallRules/CallRules.node';
import { readRules } from '../../../nodes/CallRules/readRules';
import type { Call } from '../../../nodes/call/Call';
import { defaultRules, type RuleCaller } from '../../../nodes/rules/CallRules';
import { routes } from '../../../nodes/rules/Decision';
import { executeContext, runNode } from '../../integration/nodeContext.mts';
import {
	created,
	customerCalls,
	inboundAnswered,
	inboundMissed,
	changing,
	internal,
	known,
	leaveOut,
	unknown,
} from './sampleCalls.mts';

const node = new CallRules();

function item(call: Partial<Call>, caller?: RuleCaller, more: IDataObject = {}): IDataObject {
	return { ...structuredClone(call), ...(caller && { match: caller }), ...more } as IDataObject;
}

function rulesOf(parameters: INodeParameters, call: Call = inboundAnswered) {
	const context = executeContext(node, { parameters, items: [item(call)] });
	return readRules(context, 0, call);
}

async function run(parameters: INodeParameters, ...items: IDataObject[]) {
	const { outputs } = await runNode(node, { parameters, items });
	return Object.fromEntries(routes.map((route, index) => [route, outputs[index]]));
}

const decisionOf = (output: Array<{ json: IDataObject }>) =>
	output.map(({ json }) => json.decision as IDataObject);

describe('the parameters of Call Rules', () => {
	it.each(Object.values(customerCalls))(
		'of a new node are the default rules: $callType',
		(call) => {
			expect(rulesOf({}, call)).toEqual(defaultRules(call));
		},
	);

	it('become the rules that they say', () => {
		const rules = rulesOf({
			logCalls: ['inboundAnswered'],
			createRecordFor: [],
			createAs: 'contact',
			newRecordName: '=New {{ $json.customer.e164 }}',
			logWithoutRecord: true,
			createTicketFor: ['inboundMissed'],
			followUpTask: true,
			taskDueAfterHours: 1.5,
			taskSubject: 'Ring',
			syncContact: true,
			ignoreInternalCalls: false,
			ignoreAnonymousCalls: false,
			ignoreNumbers: ['+86 755 12*', '10086, 10010'],
			exceptions: {
				exception: [
					{ name: 'Test numbers', conditions: { did: '5503301, 55034*' }, then: 'leaveOut' },
					{
						name: '',
						conditions: {
							queue: '6700',
							extension: '2005',
							directions: ['inbound'],
							callTypes: ['inboundAnswered'],
							businessHours: 'inside',
							talkTimeAtLeast: 5,
							talkTimeAtMost: 60,
							customerIs: 'unknown',
							repeatWithinMinutes: 15,
						},
						then: 'change',
						changes: { logCall: 'no', createRecord: 'account' },
					},
				],
			},
			minimumTalkTime: 10,
			businessHours: { period: [{ days: ['monday'], from: '9:00', to: '17:30' }] },
			timeZone: 'Asia/Shanghai',
			dryRun: true,
		});
		expect(rules).toEqual({
			logCallTypes: ['inboundAnswered'],
			createRecord: { directions: [], as: 'contact', name: 'New +8675526601234' },
			logWithoutRecord: true,
			ticketCallTypes: ['inboundMissed'],
			followUpTask: { forMissedCalls: true, dueAfterHours: 1.5, subject: 'Ring' },
			syncContact: true,
			ignore: { internal: false, anonymous: false, numbers: ['+8675512*', '10086', '10010'] },
			exceptions: [
				leaveOut('Test numbers', { dids: ['5503301', '55034*'] }),
				changing(
					'Exception 2',
					{
						queues: ['6700'],
						extensions: ['2005'],
						directions: ['inbound'],
						callTypes: ['inboundAnswered'],
						businessHours: 'inside',
						talkSecondsAtLeast: 5,
						talkSecondsAtMost: 60,
						customerIs: 'unknown',
						repeatWithinMinutes: 15,
					},
					{ logCall: 'no', createRecord: 'account' },
				),
			],
			minimumTalkSeconds: 10,
			businessHours: {
				timeZone: 'Asia/Shanghai',
				periods: [{ days: ['monday'], opensAt: 540, closesAt: 1050 }],
			},
			dryRun: true,
		});
	});

	it('take lists, numbers and switches from expressions', () => {
		const rules = rulesOf({
			logCalls: '={{ "inboundAnswered, inboundMissed" }}',
			minimumTalkTime: '={{ "10" }}',
			syncContact: '={{ "true" }}',
			newRecordName: '={{ "" }}',
		});
		expect(rules).toMatchObject({
			logCallTypes: ['inboundAnswered', 'inboundMissed'],
			minimumTalkSeconds: 10,
			syncContact: true,
			createRecord: { name: 'Automatic New Contact -075526601234' },
		});
	});

	it.each<[INodeParameters, string]>([
		[{ logCalls: '={{ "everything" }}' }, "'Log Calls' cannot be 'everything'"],
		[{ minimumTalkTime: '={{ "long" }}' }, "'Minimum Talk Time' cannot be 'long'"],
		[{ minimumTalkTime: -1 }, "'Minimum Talk Time' cannot be '-1'"],
		[{ timeZone: 'Shenzhen' }, "The time zone 'Shenzhen' is not known"],
		[
			{ businessHours: { period: [{ days: ['monday'], from: '9am', to: '18:00' }] } },
			"'From' of the business hours cannot be '9am'",
		],
	])('are refused with the name of the one that is wrong: %j', (parameters, message) => {
		expect(() => rulesOf(parameters)).toThrow(message);
	});
});

describe('Call Rules', () => {
	it('has one output for each way out, in order', () => {
		expect(node.description.outputNames).toEqual([
			'Create Record',
			'Log Call',
			'Create Ticket',
			'Follow-Up Task',
			'Sync Contact',
			'Left Out',
		]);
		expect(node.description.outputs).toHaveLength(routes.length);
	});

	it('sends each call where it belongs, with the decision and its pairing', async () => {
		const output = await run(
			{ createTicketFor: ['inboundMissed'] },
			item(inboundAnswered, unknown),
			item(inboundMissed, known, { note: 'kept' }),
			item(internal),
		);
		expect(output.createRecord).toMatchObject([
			{
				json: {
					callId: inboundAnswered.callId,
					decision: {
						actions: ['createRecord'],
						createRecord: { as: 'lead', name: 'Automatic New Contact -075526601234' },
					},
				},
				pairedItem: { item: 0 },
			},
		]);
		for (const route of ['logCall', 'createTicket']) {
			expect(output[route]).toMatchObject([
				{
					json: {
						note: 'kept',
						match: known,
						decision: { rule: 'Settings', actions: ['logCall', 'createTicket'], dryRun: false },
					},
					pairedItem: { item: 1 },
				},
			]);
		}
		expect(output.leftOut).toMatchObject([
			{ json: { decision: { actions: [], reason: 'Internal call' } }, pairedItem: { item: 2 } },
		]);
		expect(output.followUpTask).toEqual([]);
		expect(output.syncContact).toEqual([]);
	});

	it('logs a call that comes back with its new record', async () => {
		const first = await run({}, item(inboundAnswered, unknown));
		const [{ json }] = first.createRecord;
		const second = await run({}, { ...json, match: { ...created } });
		expect(decisionOf(second.logCall)).toMatchObject([{ actions: ['logCall'] }]);
		expect(second.createRecord).toEqual([]);
	});

	it('does not send a call round again that comes back without a record', async () => {
		const first = await run({}, item(inboundAnswered, unknown));
		const second = await run({}, first.createRecord[0].json);
		expect(second.createRecord).toEqual([]);
		expect(decisionOf(second.leftOut)[0].reason).toMatch(/^Create Record gave no record/);
	});

	it('still asks for the record when only a dry run decided before', async () => {
		const dry = await run({ dryRun: true }, item(inboundAnswered, unknown));
		expect(decisionOf(dry.leftOut)).toMatchObject([
			{ dryRun: true, actions: ['createRecord', 'logCall'] },
		]);
		const real = await run({}, dry.leftOut[0].json);
		expect(real.createRecord).toHaveLength(1);
	});

	it('only decides about an item that says it is a trial, whatever the node is set to', async () => {
		const trial = { ...item(inboundAnswered, unknown), dryRun: true };
		const { leftOut, ...others } = await run({ dryRun: false }, trial);
		expect(decisionOf(leftOut)).toMatchObject([
			{ dryRun: true, actions: ['createRecord', 'logCall'] },
		]);
		expect(Object.values(others).flat()).toEqual([]);
	});

	it('gives each output an item of its own', async () => {
		const input = item(inboundMissed, known);
		const before = structuredClone(input);
		const { logCall, createTicket } = await run({ createTicketFor: ['inboundMissed'] }, input);
		expect(logCall[0].json).not.toBe(createTicket[0].json);
		expect(input).toEqual(before);
	});

	it.each<[IDataObject, string]>([
		[{}, "The item is no call: its field 'callId' is missing"],
		[item({ ...inboundAnswered, direction: undefined }), "its field 'direction' is missing"],
		[item({ ...inboundAnswered, result: undefined }), "its field 'result' is missing"],
		[item({ ...inboundAnswered, customer: undefined }), "its field 'customer' is missing"],
		[item(inboundAnswered, undefined, { customer: {} }), "its field 'customer.number' is missing"],
		[
			item({ ...inboundAnswered, result: null, callType: null }),
			"The call is still running: its field 'result' is empty",
		],
		[
			item(inboundAnswered, undefined, { match: { name: 'Wang' } }),
			"The field 'match.status' of the item is missing",
		],
	])('says what an item lacks: %#', async (json, message) => {
		await expect(runNode(node, { items: [json] })).rejects.toThrow(message);
	});

	it('passes over an item that is no call when told to continue', async () => {
		const { outputs } = await runNode(node, {
			items: [{ hello: 'world' }, item(inboundAnswered, known)],
			continueOnFail: true,
		});
		const leftOut = outputs[routes.indexOf('leftOut')];
		expect(leftOut).toEqual([
			{
				json: {
					error: "The item is no call: its field 'callId' is missing",
					message: expect.stringContaining('Yeastar Trigger'),
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(outputs[routes.indexOf('logCall')]).toHaveLength(1);
	});
});

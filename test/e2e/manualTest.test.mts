import {
	startPbxSimulator,
	type PbxSimulator,
	type Scenario,
} from '../simulators/yeastar/pbxSimulator.mts';
import { startCallStack, type CallStack } from './callTemplates.mts';
import { connectPbx } from './stack/connectVendors.mts';
import type { SavedCredential } from './stack/credentials.mts';
import { until } from './stack/until.mts';
import { PBX_TRIGGER, publicationOf, triggerWorkflow } from './triggerWorkflow.mts';

let stack: CallStack;
let pbx: PbxSimulator;
let credentials: SavedCredential[];
const FROM = '075526601234';

beforeAll(async () => {
	stack = await startCallStack();
	pbx = await startPbxSimulator();
	credentials = [await connectPbx(stack.client, pbx)];
});
afterAll(async () => {
	await stack?.stop();
	await pbx?.close();
});

describe('a test in the editor', () => {
	const trigger = 'When a Call Ends';

	it('of the whole template shows a real call; production logs it no second time', async () => {
		const { client, workflowId, zoho } = stack;
		const contactId = zoho.insert('Contacts', { Last_Name: 'Li', Phone: FROM });
		const asked = stack.pbx.requests.length;
		const executionId = await client.startManually(workflowId, trigger);
		await until(
			() => stack.pbx.requests.slice(asked).some(({ path }) => path.endsWith('call/query')),
			{ what: 'the test to listen to the PBX' },
		);
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from: FROM });
		const tested = await client.waitForExecution(executionId);
		expect(tested).toMatchObject({ status: 'success', mode: 'manual' });
		expect(tested.itemsOf(trigger)).toMatchObject([
			{ event: 'callEnded', callId, customer: { number: FROM }, result: 'answered' },
		]);
		expect(tested.itemsOf('Log Call')).toMatchObject([
			{ match: { record: { id: contactId } }, log: { id: expect.any(String) as string } },
		]);
		await client.waitForExecutions(workflowId, 2);
		expect(zoho.records('Calls')).toHaveLength(1);
		expect(stack.pbx.sockets).toHaveLength(1);
	});

	it.each([
		['the events tell', false],
		['the call records tell when the PBX pushes no events', true],
	])('shows the call of which %s, and lets go of the PBX', async (_who, silent) => {
		const { client } = stack;
		pbx.reset();
		pbx.faults.silent = silent;
		const { id } = await client.importWorkflow(triggerWorkflow(), { credentials });
		const executionId = await client.startManually(id, PBX_TRIGGER);
		await until(() => pbx.sockets.some(({ topics }) => topics.length > 0), {
			what: 'the test to listen to the PBX',
		});
		const { callId } = await pbx.place({
			kind: 'inboundToExtension',
			from: FROM,
			startedAt: Math.floor(Date.now() / 1_000),
			ringSeconds: 1,
			talkSeconds: 2,
		});
		const tested = await client.waitForExecution(executionId);
		expect(tested).toMatchObject({ status: 'success', mode: 'manual' });
		expect(tested.itemsOf(PBX_TRIGGER)).toMatchObject([{ event: 'callEnded', callId }]);
		await until(() => pbx.sockets.length === 0 && pbx.tokens === 0, {
			what: 'the test to let go of socket and token',
		});
	});

	it('says what is wrong', async () => {
		const { client } = stack;
		pbx.reset();
		pbx.faults.refuseWebSocket = true;
		const { id } = await client.importWorkflow(triggerWorkflow(), { credentials });
		const { status, error } = await client.runManually(id, { trigger: PBX_TRIGGER });
		expect(status).toBe('error');
		expect(error?.message).toMatch(/accepts the login but not the event connection/);
	});
});

interface Reported {
	event: string;
	callId?: string;
	type?: number;
	message?: { call_id?: string };
}

describe('published', () => {
	const flows = new Map<string, string>();
	const publish = async (name: string, parameters: Record<string, unknown>) => {
		const { client } = stack;
		const { id } = await client.importWorkflow(triggerWorkflow(parameters), { credentials, name });
		await client.publish(id);
		flows.set(name, id);
	};
	/** What the trigger of a workflow has given out so far, one execution each. */
	const reported = async (name: string): Promise<Reported[]> => {
		const { client } = stack;
		const runs = await client.listExecutions({ workflowId: flows.get(name) });
		const items = await Promise.all(
			runs.map(async ({ id }) => (await client.getExecution(id)).itemsOf<Reported>(PBX_TRIGGER)),
		);
		expect(items.every(({ length }) => length === 1)).toBe(true);
		return items.flat().reverse();
	};
	const calls = new Map<string, string>();
	const place = async (name: string, scenario: Scenario) =>
		calls.set(name, (await pbx.place({ from: FROM, ...scenario })).callId);

	beforeAll(async () => {
		pbx.reset();
		await publish('moments', { events: ['callRinging', 'callAnswered', 'callEnded'] });
		await publish('raw', { events: [], rawEvents: [30012] });
		await publish('inbound', { filters: { directions: ['inbound'] } });
		await publish('extension 1001', { filters: { extensions: '1001' } });
		await publish('queues', { filters: { queues: '6500, 6501' } });
		await publish('sales line', { filters: { dids: 'Sales line' } });
		for (const id of flows.values()) {
			expect(await publicationOf(stack.client, id)).toEqual({ status: 'published', message: null });
		}
	});

	it('shares one socket and one token among all workflows', () => {
		expect(pbx.sockets).toHaveLength(1);
		expect(pbx.tokens).toBe(1);
	});

	it('each moment of a call starts one execution', async () => {
		const call = pbx.begin({ kind: 'inboundToExtension', from: FROM, extension: '1002' });
		const moments = async () =>
			(await reported('moments')).filter(({ callId }) => callId === call.callId);
		const happened = async (count: number) =>
			await until(async () => (await moments()).length >= count, {
				what: `${count} moments of the call`,
			});
		await call.ring();
		await happened(1);
		await call.answer();
		await happened(2);
		await call.hangUp();
		await happened(3);
		const events = (await moments()).map(({ event }) => event);
		expect(events).toEqual(['callRinging', 'callAnswered', 'callEnded']);
	});

	describe('with filters', () => {
		const sales = { did: '075526002000', didName: 'Sales line' };
		const passing = async (name: string) =>
			(await reported(name)).map(({ callId }) =>
				[...calls.keys()].find((call) => calls.get(call) === callId),
			);

		beforeAll(async () => {
			await place('from 1001', { kind: 'outbound', extension: '1001' });
			await place('to 1002', { kind: 'inboundToExtension', extension: '1002' });
			await place('to 6500', { kind: 'inboundThroughQueue', queue: '6500', answeredBy: '1004' });
			await place('sales to 1001', { kind: 'inboundToExtension', extension: '1001', ...sales });
			await place('sales to 6501', {
				kind: 'inboundThroughQueue',
				queue: '6501',
				answeredBy: '1001',
				...sales,
			});
			await until(
				async () => {
					const all = await Promise.all([...flows.keys()].slice(2).map(passing));
					return all.every((each) => each.includes('sales to 6501'));
				},
				{ what: 'the last call to be reported by all workflows' },
			);
		});

		it.each([
			['inbound', ['to 1002', 'to 6500', 'sales to 1001', 'sales to 6501']],
			['extension 1001', ['from 1001', 'sales to 1001', 'sales to 6501']],
			['queues', ['to 6500', 'sales to 6501']],
			['sales line', ['sales to 1001', 'sales to 6501']],
		])('%s', async (name, expected) => {
			const passed = (await passing(name)).filter((call) => call !== undefined);
			expect(passed.toSorted()).toEqual(expected.toSorted());
		});
	});

	it('passes raw events on as they are, one execution each', async () => {
		const { callId, rows } = await pbx.place({ kind: 'blindTransfer', from: FROM });
		const ofCall = async () =>
			(await reported('raw')).filter(({ message }) => message?.call_id === callId);
		await until(async () => (await ofCall()).length >= rows.length, { what: 'the raw events' });
		expect(await ofCall()).toEqual(
			rows.map(() => expect.objectContaining({ event: 'raw', type: 30012 }) as Reported),
		);
	});
});

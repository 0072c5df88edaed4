import { DateTime } from 'luxon';
import { defaultCompany } from '../simulators/yeastar/company.mts';
import { startCallStack, type CallStack } from './callTemplates.mts';
import { inspectable, type Inspector } from './stack/inspector.mts';
import { until } from './stack/until.mts';
import { triggerWorkflow } from './triggerWorkflow.mts';

let stack: CallStack;
let inspector: Inspector;
let rawWorkflowId: string;

/** Agent Status Changed: nothing that the calls of this test bring about. */
const RAW_EVENT = 30029;
const TIME_ZONE = 'Asia/Shanghai';
const MEGABYTE = 1024 * 1024;
/** Texts that other programs would carry out: n8n, a browser, a database, a spreadsheet. */
const HOSTILE_CALLER = `{{ $env.PATH }} <b onload=alert(1)>'; drop table Leads; -- "\${7*7}`;
const HOSTILE_AGENT = '={{ 6*7 }} <script>fetch("//x")</script> %0d%0a';

beforeAll(async () => {
	const extensions = defaultCompany().extensions.map((extension) =>
		extension.number === '1002' ? { ...extension, name: HOSTILE_AGENT } : extension,
	);
	const { nodeArguments, open } = await inspectable();
	stack = await startCallStack({
		pbx: { extensions, timeZone: TIME_ZONE },
		n8n: { nodeArguments },
	});
	inspector = await open();
	const { client, credentials, pbx } = stack;
	await stack.changeNodes({
		'When a Call Ends': { parameters: { options: { settleSeconds: 0.5 } } },
		'Create Record': { parameters: { newName: '={{ $json.customer.name ?? "Nobody" }}' } },
	});
	const { id } = await client.importWorkflow(triggerWorkflow({ rawEvents: [RAW_EVENT] }), {
		credentials,
	});
	rawWorkflowId = id;
	await client.publish(id);
	await until(() => pbx.sockets.some(({ topics }) => topics.includes(RAW_EVENT)), {
		what: 'the second trigger to listen to the PBX',
	});
});
afterAll(async () => {
	inspector?.close();
	await stack?.stop();
});

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const framed = (type: unknown, msg: unknown, sn: unknown = stack.pbx.serial) =>
	JSON.stringify({ type, sn, msg });

let lastNumber = 13_800_138_000;

/** Frames come one behind the other: once this call is logged, everything sent before it has been read. */
async function expectNextCallIsLogged(): Promise<void> {
	const { pbx, zoho } = stack;
	const from = String(++lastNumber);
	const contactId = zoho.insert('Contacts', { Last_Name: 'Li', Mobile: from });
	const { callId } = await pbx.place({ kind: 'inboundToExtension', from, talkSeconds: 20 });
	const [row] = await stack.ledgerOf(callId);
	expect(row).toMatchObject({ status: 'logged', recordId: contactId });
	expect(pbx.sockets).toHaveLength(1);
}

const call = { call_id: '1.1', members: [{ extension: { number: '1001', channel_id: 'c' } }] };

describe('frames that no PBX sends', () => {
	const cases: Array<[string, () => string | Buffer]> = [
		['nothing', () => ''],
		['no JSON', () => 'GET / HTTP/1.1'],
		['half a frame', () => framed(30011, call).slice(0, -9)],
		['a number', () => '30011'],
		['null', () => 'null'],
		['a list', () => `[${framed(30011, call)}]`],
		['a text of 5 MB', () => 'x'.repeat(5 * MEGABYTE)],
		['a frame of 5 MB', () => framed(30011, { ...call, note: 'x'.repeat(5 * MEGABYTE) })],
		['100,000 levels', () => nested(100_000)],
		['100,000 levels in msg', () => `{"type":${RAW_EVENT},"msg":{"a":${nested(100_000)}}}`],
		['100,000 levels in the text of msg', () => framed(RAW_EVENT, `{"a":${nested(100_000)}}`)],
		['5,000 levels in a call', () => framed(30011, `{"call_id":"1.1","members":${nested(5_000)}}`)],
		['binary data', () => Buffer.alloc(100_000, 0xff)],
		['a frame as binary data', () => Buffer.from(framed(RAW_EVENT, { agent_number: '1001' }))],
		['a type of another type', () => framed({ type: 30011 }, call)],
		['msg of another type', () => framed(30011, 7)],
		['sn of another type', () => framed(30011, call, ['x'])],
		['an id that is a number', () => framed(30011, { ...call, call_id: 1.5 })],
		['an id that is an object', () => framed(30011, { ...call, call_id: { $gt: '' } })],
		['members that are a text', () => framed(30011, { call_id: '1.1', members: 'all' })],
		['members of all types', () => framed(30011, { call_id: '1.1', members: [null, 7, 'x', []] })],
		['a record of nothing but objects', () => framed(30012, { call_id: {}, status: {}, type: {} })],
		['an answer to no question', () => '{"errcode":10004,"errmsg":"TOKEN EXPIRED"}'],
		['an answer that is none', () => '{"errcode":{},"errmsg":[]}'],
	];

	it.each(cases)('%s', async (_what, frame) => {
		for (let times = 0; times < 3; times++) stack.pbx.sendRaw(frame());
		await expectNextCallIsLogged();
	});

	it('have started nothing, and n8n has reported no trouble', async () => {
		expect(await rawRuns()).toEqual([]);
		expect(stack.n8n.log()).not.toMatch(/Maximum call stack|unhandled|heap out of memory/i);
	});

	it('with keys of JavaScript itself are passed on as data', async () => {
		const message = '{"extension":"1001","__proto__":{"status":"x"},"constructor":{"prototype":7}}';
		stack.pbx.sendRaw(`{"type":${RAW_EVENT},"sn":"S1","msg":${message}}`);
		const execution = await until(async () => (await rawRuns()).at(0), {
			what: 'the raw event to start an execution',
		});
		expect(execution).toMatchObject({ status: 'success' });
		expect(execution.itemsOf('Done')).toMatchObject([{ message: { extension: '1001' } }]);
		await expectNextCallIsLogged();
	});

	async function rawRuns() {
		const runs = await stack.client.listExecutions({ workflowId: rawWorkflowId });
		const withItems = await Promise.all(runs.map(({ id }) => stack.client.waitForExecution(id)));
		return withItems.filter((run) => run.itemsOf<{ event: string }>('Done')[0]?.event === 'raw');
	}
});

describe('calls that no PBX has', () => {
	const leg = (index: number) => ({
		extension: {
			number: String(index),
			channel_id: `c${index}`,
			member_status: 'RING',
		},
	});

	it.each<[string, () => string]>([
		[
			'an id of almost 1 MB',
			() => framed(30011, { call_id: 'x'.repeat(900_000), members: [leg(1)] }),
		],
		[
			'10,000 members',
			() =>
				framed(30011, {
					call_id: '2.2',
					members: Array.from({ length: 10_000 }, (_, n) => leg(n)),
				}),
		],
		[
			'a record whose every field is a command',
			() =>
				framed(30012, {
					call_id: "'; drop table Calls; --",
					time_start: '{{ $now }}',
					call_from: '$(reboot)',
					call_to: '=1+1',
					status: 'ANSWERED',
					type: 'constructor',
				}),
		],
	])('%s', async (_what, frame) => {
		stack.pbx.sendRaw(frame());
		await expectNextCallIsLogged();
	});

	it('names that other programs would carry out arrive in Zoho as they are', async () => {
		const { pbx, zoho } = stack;
		const startedAt = DateTime.now().minus({ seconds: 30 });
		const callId = `${startedAt.toUnixInteger()}.999`;
		pbx.sendRaw(
			framed(30012, {
				call_id: callId,
				time_start: startedAt.setZone(TIME_ZONE).toFormat('yyyy-MM-dd HH:mm:ss'),
				call_from: `${HOSTILE_CALLER}<13700137000>`,
				call_to: '1002',
				call_duration: 30,
				talk_duration: 20,
				status: 'ANSWERED',
				type: 'Inbound',
			}),
		);
		const [row] = await stack.ledgerOf(callId);
		expect(row).toMatchObject({ status: 'logged', module: 'Leads' });
		expect(zoho.records('Leads')).toMatchObject([{ Last_Name: HOSTILE_CALLER }]);
		const log = zoho.records('Calls').find(({ id }) => id === row.logId);
		expect(log?.Subject).toContain(HOSTILE_AGENT);
		expect(log?.Description).toContain(HOSTILE_AGENT);
	});
});

describe('a flood', () => {
	const garbage = (index: number) => [`${index} ${'x'.repeat(2_000)}`, framed(30011, `{${index}`)];

	async function flood(frames: number): Promise<number> {
		for (let index = 0; index < frames / 2; index++) garbage(index).forEach(stack.pbx.sendRaw);
		await expectNextCallIsLogged();
		return await inspector.heapUsed();
	}

	it('of 20,000 frames leaves nothing behind', async () => {
		const before = await flood(2_000);
		const after = await flood(20_000);
		// Had they been kept, they would take 20 MB and more.
		expect(after - before).toBeLessThan(10 * MEGABYTE);
	});
});

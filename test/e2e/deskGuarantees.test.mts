import type { Fields } from '../simulators/zoho/crm/records/recordStore.mts';
import { startCallStack, vendorNodes, type CallStack, type LedgerRow } from './callTemplates.mts';
import { withValues } from './stack/assignments.mts';
import { until } from './stack/until.mts';

let stack: CallStack;
let replayId: string;
const LEDGER = 'callbridge_ledger';
const TEMPLATE = 'calls-to-zoho-desk';
const A_FEW_MINUTES = 300_000;

beforeAll(async () => {
	stack = await startCallStack({ zoho: { desk: { edition: 'PROFESSIONAL' } } }, TEMPLATE);
	const impatient = { waitBetweenTries: 200 };
	await stack.changeNodes({
		...Object.fromEntries(vendorNodes(TEMPLATE, 'zohoDesk').map((name) => [name, impatient])),
		'When a Call Ends': { parameters: { options: { settleSeconds: 0.5 } } },
	});
	await stack.changeRules({ createTicketFor: ['inboundAnswered'], followUpTask: false });
	const { id } = await stack.client.importTemplate('replay-failed', {
		parameters: {
			'Set Limits': withValues('replay-failed', 'Set Limits', {
				maxAttempts: 3,
				pauseMinutes: 0,
			}),
		},
	});
	replayId = id;
});
afterAll(async () => await stack?.stop());
const desk = () => stack.zoho.desk;
const aboutCall = (resource: 'tickets' | 'calls', callId: string): Fields[] =>
	desk()
		.records(resource)
		.filter(({ description }) => mentions(String(description), callId));
const known = (mobile: string): string => desk().insert('contacts', { lastName: mobile, mobile });

function mentions(text: string, callId: string): boolean {
	return text.split(/[^\d.]+/).includes(callId);
}

function expectOnce(callIds: string[]): void {
	const counts = (resource: 'tickets' | 'calls') =>
		callIds.filter((callId) => aboutCall(resource, callId).length !== 1);
	expect({ calls: counts('calls'), tickets: counts('tickets') }).toEqual({
		calls: [],
		tickets: [],
	});
}

async function replay() {
	const execution = await stack.client.runManually(replayId);
	expect(execution).toMatchObject({ status: 'success', error: null });
}

async function rowsOf(callIds: string[]): Promise<LedgerRow[]> {
	const rows = await stack.client.readRows<LedgerRow>(LEDGER);
	return rows.filter(({ callId }) => callIds.includes(callId));
}

describe('Zoho Desk fails in every way during 60 calls', () => {
	const callIds: string[] = [];
	const knownNumbers = Array.from({ length: 10 }, (_, index) => String(13_900_239_000 + index));
	const newNumbers = Array.from({ length: 10 }, (_, index) => String(13_800_239_000 + index));

	beforeAll(async () => {
		for (const number of knownNumbers) known(number);
		desk().requests.length = 0;
		desk().faults.plan({
			seed: 20_261_126,
			faults: [
				{ kind: 'status', status: 429, retryAfter: 2, share: 0.01 },
				{ kind: 'status', status: 429, share: 0.03 },
				{ kind: 'status', status: 503, share: 0.03 },
				{ kind: 'dropAfterCommit', share: 0.04 },
				{ kind: 'errorAfterCommit', share: 0.03 },
				{ kind: 'drop', share: 0.03 },
			],
		});
		const callers = [...knownNumbers, ...newNumbers, ...newNumbers];
		for (const [place, from] of [...callers, ...callers].entries()) {
			const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from });
			callIds.push(callId);
			if (place === 30) stack.zoho.expireAccessTokens();
		}
		await stack.ledgerOf(...callIds);
	}, A_FEW_MINUTES);

	afterAll(() => desk().faults.clear());

	it('each call has one log and one ticket', () => {
		expect(new Set(callIds).size).toBe(60);
		expectOnce(callIds);
		expect(desk().records('calls')).toHaveLength(60);
		expect(desk().records('tickets')).toHaveLength(60);
	});

	it('nobody is there twice', () => {
		const numbers = desk()
			.records('contacts')
			.map(({ phone, mobile }) => String(phone ?? mobile).replace('+86', ''));
		expect(numbers.sort()).toEqual([...knownNumbers, ...newNumbers].sort());
	});

	it('each log is on the ticket of its call and on the contact of its number', async () => {
		const rows = await rowsOf(callIds);
		expect(rows.map(({ status }) => status)).toEqual(callIds.map(() => 'logged'));
		const logs = new Map(
			desk()
				.records('calls')
				.map((log) => [String(log.id), log]),
		);
		const wrong = rows.filter(({ logId, ticketId, recordId }) => {
			const log = logs.get(String(logId));
			return log?.ticketId !== ticketId || log?.contactId !== recordId;
		});
		expect(wrong).toEqual([]);
	});

	it('everything that was to go wrong did go wrong', () => {
		const { hits } = desk().faults;
		for (const kind of ['status', 'dropAfterCommit', 'errorAfterCommit', 'drop'] as const) {
			expect(hits.filter((hit) => hit.kind === kind).length).toBeGreaterThan(2);
		}
	});
});

describe('a call that Zoho Desk refuses', () => {
	it('is in the ledger with the reason, and has one ticket and one log when the cause is gone', async () => {
		const from = '13800240001';
		known(from);
		desk().faults.add({ kind: 'status', status: 403, match: /^POST .*\/calls$/, times: 10 });
		const { callId } = await stack.pbx.place({ kind: 'inboundToExtension', from });
		const [failed] = await stack.ledgerOf(callId);
		expect(failed).toMatchObject({
			status: 'failed',
			reason: expect.stringMatching(/lacks a right for this in Zoho Desk/) as string,
		});
		expect(aboutCall('tickets', callId)).toHaveLength(1);
		await replay();
		expect(await rowsOf([callId])).toMatchObject([{ status: 'failed', attempts: 1 }]);

		desk().faults.clear();
		await replay();
		expect(await rowsOf([callId])).toMatchObject([{ status: 'logged', attempts: 2, call: '' }]);
		expectOnce([callId]);
		await replay();
		expectOnce([callId]);
	});
});

describe('calls that are being dealt with when n8n is killed', () => {
	it(
		'each have one ticket and one log in the end',
		async () => {
			const callers = Array.from({ length: 10 }, (_, index) => String(13_900_240_000 + index));
			for (const caller of callers) known(caller);
			const slow = { kind: 'slow' as const, delayMs: 4_000, times: 3 };
			desk().faults.add({ ...slow, match: /^POST .*\/tickets$/ });
			desk().faults.add({ ...slow, match: /^POST .*\/calls$/ });
			const placed = await Promise.all(
				callers.map(async (from) => await stack.pbx.place({ kind: 'inboundToExtension', from })),
			);
			const callIds = placed.map(({ callId }) => callId);
			await until(async () => (await rowsOf(callIds)).length === 10, {
				what: '10 calls in the ledger',
			});
			await until(() => desk().faults.pending.length === 0, {
				what: 'tickets and logs to wait for Zoho Desk',
			});
			await stack.n8n.kill('SIGKILL');
			await until(() => callIds.some((callId) => aboutCall('calls', callId).length > 0), {
				what: 'Zoho Desk to have written what n8n did not hear of',
			});
			await stack.n8n.restart();
			await stack.client.logIn();
			expect((await rowsOf(callIds)).map(({ status }) => status)).toContain('received');
			await replay();
			expect((await rowsOf(callIds)).map(({ status }) => status)).toEqual(
				callIds.map(() => 'logged'),
			);
			expectOnce(callIds);
		},
		A_FEW_MINUTES,
	);
});

describe('calls while the line to the PBX is broken', () => {
	it(
		'are made up for, each once, also when every frame comes three times and out of order',
		async () => {
			const from = '13800240003';
			known(from);
			const { pbx } = stack;
			const placing = [];
			for (let n = 0; n < 20; n++) {
				placing.push(
					pbx.place(
						{ kind: 'inboundThroughQueue', from, ringSeconds: 1, talkSeconds: 12 },
						{ repeat: 3, shuffle: n + 1, splitPhases: true },
					),
				);
				if (n % 7 === 5) {
					await until(() => pbx.sockets.some(({ topics }) => topics.includes(30012)), {
						what: 'a socket to cut',
						timeoutMs: 60_000,
					});
					pbx.dropSockets();
				}
			}
			const callIds = (await Promise.all(placing)).map(({ callId }) => callId);
			await stack.ledgerOf(...callIds);
			expectOnce(callIds);
		},
		A_FEW_MINUTES,
	);
});

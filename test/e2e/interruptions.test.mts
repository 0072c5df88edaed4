import { startCallStack, type CallStack } from './callTemplates.mts';
import { seededRandom } from '../simulators/seededRandom.mts';
import { until } from './stack/until.mts';

let stack: CallStack;
/** Calls of one customer are dealt with one after the other. */
const CUSTOMERS = Array.from({ length: 25 }, (_, n) => `0755266012${String(n).padStart(2, '0')}`);
const customer = (n: number) => CUSTOMERS[n % CUSTOMERS.length];
const A_FEW_MINUTES = 600_000;

const logs = () => stack.zoho.records('Calls').length;

/** Waits for so many logs and for the end of the executions of these calls, after which nothing is logged any more. */
async function expectLogs(count: number, callIds: string[]): Promise<void> {
	await until(() => logs() >= count, { what: `${count} logs`, timeoutMs: A_FEW_MINUTES });
	await stack.ledgerOf(...callIds);
	expect(logs()).toBe(count);
}

beforeAll(async () => {
	stack = await startCallStack();
	for (const number of CUSTOMERS) stack.zoho.insert('Contacts', { Last_Name: 'Li', Phone: number });
});
afterAll(async () => await stack?.stop());

describe('calls during an interruption', () => {
	it(
		'n8n is killed in the middle of 50 running calls and starts after they have ended: 50 logs',
		async () => {
			// One call is logged first, so that n8n knows since when it has to make up for calls.
			const first = await stack.pbx.place({ kind: 'inboundToExtension', from: customer(0) });
			await stack.ledgerOf(first.callId);
			const before = logs();
			const running = Array.from({ length: 50 }, (_, n) =>
				stack.pbx.begin({
					kind: 'inboundToExtension',
					from: customer(n),
					ringSeconds: 1,
					talkSeconds: 1,
				}),
			);
			await Promise.all(
				running.map(async (call) => {
					await call.ring();
					await call.answer();
				}),
			);
			await stack.n8n.kill('SIGKILL');
			await Promise.all(running.map(async (call) => await call.hangUp()));
			await stack.n8n.restart();
			await stack.client.logIn();
			await expectLogs(
				before + 50,
				running.map(({ callId }) => callId),
			);
		},
		A_FEW_MINUTES,
	);

	it(
		'every frame comes three times and out of order, the socket is cut ten times during 500 calls: 500 logs',
		async () => {
			const { pbx } = stack;
			const before = logs();
			const random = seededRandom(20_260_302);
			const cutsBefore = new Set<number>();
			while (cutsBefore.size < 10) cutsBefore.add(Math.floor(random() * 500));
			const placing: ReturnType<typeof pbx.place>[] = [];
			let cuts = 0;
			for (let n = 0; n < 500; n++) {
				// Hours pass in a minute: n8n and Zoho CRM are given as many calls at a time as a busy hour has.
				await until(() => placing.length - (logs() - before) < 50, {
					what: 'n8n to keep up',
					timeoutMs: A_FEW_MINUTES,
				});
				const isCut = cutsBefore.has(n);
				if (isCut) {
					await until(() => pbx.sockets.some(({ topics }) => topics.includes(30012)), {
						what: 'a socket to cut',
						timeoutMs: 120_000,
					});
				}
				placing.push(
					pbx.place(
						{ kind: 'inboundThroughQueue', from: customer(n), ringSeconds: 1, talkSeconds: 1 },
						{ repeat: 3, shuffle: n + 1, splitPhases: true },
					),
				);
				if (isCut) {
					pbx.dropSockets();
					cuts++;
				}
			}
			const placed = await Promise.all(placing);
			expect(cuts).toBe(10);
			await expectLogs(
				before + 500,
				placed.map(({ callId }) => callId),
			);
		},
		2 * A_FEW_MINUTES,
	);
});

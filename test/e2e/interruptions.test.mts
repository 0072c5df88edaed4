import { startCallStack, type CallStack } from './callTemplates.mts';

let stack: CallStack;
const FROM = '075526601234';

beforeAll(async () => {
	stack = await startCallStack();
	stack.zoho.insert('Contacts', { Last_Name: 'Li', Phone: FROM });
});
afterAll(async () => await stack?.stop());

describe('calls during an interruption', () => {
	it('n8n is killed in the middle of 20 running calls and starts after they have ended: 20 logs', async () => {
		const before = stack.zoho.records('Calls').length;
		// One call is logged first, so that n8n knows since when it has to make up for calls.
		const first = await stack.pbx.place({ kind: 'inboundToExtension', from: FROM });
		await stack.ledgerOf(first.callId);
		const running = Array.from({ length: 20 }, () =>
			stack.pbx.begin({ kind: 'inboundToExtension', from: FROM, ringSeconds: 1, talkSeconds: 1 }),
		);
		for (const call of running) {
			await call.ring();
			await call.answer();
		}
		await stack.n8n.kill('SIGKILL');
		for (const call of running) await call.hangUp();
		await stack.n8n.restart();
		await stack.client.logIn();
		await stack.ledgerOf(...running.map(({ callId }) => callId));
		expect(stack.zoho.records('Calls')).toHaveLength(before + 21);
	});

	it('the socket is cut five times during 50 calls, every frame comes three times: 50 logs', async () => {
		const before = stack.zoho.records('Calls').length;
		const placed = [];
		for (let n = 0; n < 50; n++) {
			placed.push(
				await stack.pbx.place(
					{ kind: 'inboundThroughQueue', from: FROM, ringSeconds: 1, talkSeconds: 1 },
					{ repeat: 3, shuffle: n + 1 },
				),
			);
			if (n % 10 === 5) stack.pbx.dropSockets();
		}
		await stack.ledgerOf(...placed.map(({ callId }) => callId));
		expect(stack.zoho.records('Calls')).toHaveLength(before + 50);
	});
});

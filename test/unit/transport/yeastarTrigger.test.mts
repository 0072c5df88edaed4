import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { yeastarPbx } from '../../../nodes/Yeastar/transport/yeastarPbx';

/** The context of a trigger whose PBX refuses every connection. */
function triggerContext() {
	const sent: IHttpRequestOptions[] = [];
	const context = {
		emit: () => undefined,
		getCredentials: async () =>
			await Promise.resolve({
				baseUrl: 'https://pbx.example:8088',
				clientId: 'id',
				clientSecret: 'secret',
			}),
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				sent.push(options);
				throw await Promise.resolve(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
			},
		},
	};
	return { sent, context: context as unknown as IExecuteFunctions };
}

// n8n tries five times to activate a workflow and breaks off after 84 seconds, whatever the node would have said then.
describe('the PBX of a trigger', () => {
	it('is asked once, for ten seconds at most: the trigger goes on by itself', async () => {
		const { context, sent } = triggerContext();
		const pbx = await yeastarPbx(context);
		await expect(pbx.accessToken()).rejects.toMatchObject({ kind: 'unreachable' });
		expect(sent.map(({ timeout }) => timeout)).toEqual([10_000]);
	});
});

import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { ZohoDesk } from '../../../nodes/Zoho/ZohoDesk.node';
import { DESK_SCOPES } from '../../../nodes/Zoho/transport/scopes';
import { zohoDeskClient } from '../../../nodes/Zoho/transport/zohoDesk';
import type { ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { executeContext, loadOptionsContext, runNode, type NodeSetup } from '../nodeContext.mts';

/** A connected credential for a simulator, as n8n hands it to the node. */
export function deskCredential(
	zoho: ZohoSimulator,
	overrides: IDataObject = {},
): ICredentialDataDecryptedObject {
	return {
		dataCenter: 'custom',
		accountsUrl: zoho.baseUrl,
		deskApiUrl: zoho.baseUrl,
		deskUrl: 'https://desk.zoho.eu',
		clientId: zoho.clientId,
		clientSecret: zoho.clientSecret,
		authentication: 'body',
		accessTokenUrl: `${zoho.baseUrl}/oauth/v2/token`,
		oauthTokenData: { ...zoho.issueToken({ scopes: [...DESK_SCOPES] }) },
		...overrides,
	} as ICredentialDataDecryptedObject;
}

/** Zoho Desk with one credential, whose organisation remembers nothing of another test. */
export function connectDeskNode(zoho: ZohoSimulator, overrides: IDataObject = {}) {
	const credential = deskCredential(zoho, overrides);
	const credentials = { callBridgeZohoOAuth2Api: credential };
	let counted = 0;
	let seen = zoho.desk.requests.length;
	const run = async (parameters: INodeParameters, ...items: IDataObject[]) =>
		await runNode(new ZohoDesk(), {
			parameters,
			credentials,
			items: items.length > 0 ? items : undefined,
		});
	return {
		credential,
		/** One run with all that it may be given, such as files. */
		runWith: async (setup: NodeSetup) => await runNode(new ZohoDesk(), { ...setup, credentials }),
		/** What n8n gets: items, outputs and hints. */
		runRaw: run,
		/** The JSON of what comes out. */
		async run(parameters: INodeParameters, ...items: IDataObject[]): Promise<IDataObject[]> {
			return (await run(parameters, ...items)).items.map(({ json }) => json);
		},
		/** What the editor's look-ups get as `this`. */
		editor: (parameters: INodeParameters) =>
			loadOptionsContext(new ZohoDesk(), { parameters, credentials }),
		/** The client with a clock that does not wait; `waits` tells how long it would have. */
		async client() {
			const waits: number[] = [];
			let now = 0;
			const clock = {
				now: () => now,
				random: () => 1,
				sleep: async (milliseconds: number) => {
					waits.push(milliseconds);
					now += milliseconds;
					return await Promise.resolve();
				},
			};
			const context = executeContext(new ZohoDesk(), {
				parameters: { resource: 'department', operation: 'getAll' },
				credentials,
			});
			return { client: await zohoDeskClient(context, 0, clock), waits };
		},
		/** Credits that were spent since the last time. */
		creditsSpent(): number {
			const before = counted;
			counted = zoho.desk.credits.used;
			return counted - before;
		},
		/** `GET /contacts/search` … since the last time. */
		requests(): string[] {
			const fresh = zoho.desk.requests.slice(seen);
			seen = zoho.desk.requests.length;
			return fresh.map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
		},
	};
}

export type DeskNode = ReturnType<typeof connectDeskNode>;

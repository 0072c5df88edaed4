import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import {
	startZohoSimulator,
	type ZohoSimulator,
	type ZohoSimulatorOptions,
} from '../../simulators/zoho/zohoSimulator.mts';
import { runNode } from '../nodeContext.mts';

/** An organisation of its own: its credential id differs, so nothing is remembered from another one. */
export interface CrmUnderTest {
	simulator: ZohoSimulator;
	/** Runs one operation on the items; gives the JSON of what comes out. */
	run(
		resource: 'caller' | 'call',
		operation: string,
		parameters: INodeParameters,
		...items: IDataObject[]
	): Promise<IDataObject[]>;
	/** Credits that were spent since the last time. */
	creditsSpent(): number;
	close(): Promise<void>;
}

export async function startCrm(options: ZohoSimulatorOptions = {}): Promise<CrmUnderTest> {
	const simulator = await startZohoSimulator(options);
	const credential = {
		dataCenter: 'custom',
		crmApiUrl: simulator.baseUrl,
		crmUrl: 'https://crm.zoho.eu',
		clientId: simulator.clientId,
		clientSecret: simulator.clientSecret,
		accessTokenUrl: `${simulator.baseUrl}/oauth/v2/token`,
		authentication: 'body',
		oauthTokenData: simulator.issueToken() as unknown as IDataObject,
	};
	let counted = 0;
	return {
		simulator,
		async run(resource, operation, parameters, ...items) {
			const { items: output } = await runNode(new ZohoCrmTelephony(), {
				parameters: { resource, operation, ...parameters },
				credentials: { callBridgeZohoOAuth2Api: credential },
				items,
			});
			return output.map(({ json }) => json);
		},
		creditsSpent() {
			const before = counted;
			counted = simulator.credits.used;
			return counted - before;
		},
		close: async () => await simulator.close(),
	};
}

let callCount = 0;

/** An answered inbound call from a number of its own. */
export function inboundCall(changes: IDataObject = {}): IDataObject {
	callCount++;
	const e164 = `+8675526${String(600_000 + callCount)}`;
	return {
		callId: `1772612100.${callCount}`,
		pbxSerial: '3631A2091827',
		direction: 'inbound',
		result: 'answered',
		callType: 'inboundAnswered',
		customer: { number: e164, e164, name: null },
		anonymous: false,
		agent: { extension: '2005', name: 'Agent Name', email: 'marco@example.ch' },
		did: '80000001',
		didName: null,
		trunk: 'SIP-1',
		queue: null,
		startedAt: '2026-03-04T08:15:00Z',
		answeredAt: '2026-03-04T08:15:12Z',
		endedAt: '2026-03-04T08:18:39Z',
		ringSeconds: 12,
		talkSeconds: 207,
		totalSeconds: 219,
		recording: { file: '20260304161500-1772612100.wav' },
		journey: [
			{
				kind: 'extension',
				number: '2005',
				name: 'Agent Name',
				result: 'answered',
				ringSeconds: 12,
				talkSeconds: 207,
			},
		],
		...changes,
	};
}

export function callFrom(number: string, changes: IDataObject = {}): IDataObject {
	const e164 = number.startsWith('+') ? number : null;
	return inboundCall({ customer: { number, e164, name: null }, ...changes });
}

import type { IDataObject, ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import { systemClock, type Clock } from '../../../nodes/transport/Clock';
import { n8nHttpClient } from '../../../nodes/transport/HttpClient';
import { Yeastar } from '../../../nodes/Yeastar/Yeastar.node';
import {
	connectToPbx,
	type YeastarCredential,
	type YeastarPbx,
} from '../../../nodes/Yeastar/transport/yeastarPbx';
import type { PbxSimulator } from '../../simulators/yeastar/pbxSimulator.mts';
import { httpRequest } from '../n8nRequests.mts';
import { loadOptionsContext, runNode, type NodeRun, type NodeSetup } from '../nodeContext.mts';

/** A working credential for a simulated PBX. */
export function yeastarCredential(
	pbx: PbxSimulator,
	overrides: Partial<YeastarCredential> = {},
): YeastarCredential & IDataObject {
	return {
		baseUrl: pbx.baseUrl,
		clientId: pbx.clientId,
		clientSecret: pbx.clientSecret,
		ignoreSslIssues: false,
		...overrides,
	} as YeastarCredential & IDataObject;
}

/** Runs the node against a simulated PBX. */
export async function runYeastar(
	pbx: PbxSimulator,
	parameters: INodeParameters,
	{
		credential = {},
		...setup
	}: Partial<NodeSetup> & { credential?: Partial<YeastarCredential> } = {},
): Promise<NodeRun> {
	return await runNode(new Yeastar(), {
		...setup,
		parameters,
		credentials: { yeastarApi: yeastarCredential(pbx, credential) as never },
	});
}

/** The JSON of the items of the node's output. */
export async function rowsOf(run: Promise<NodeRun>): Promise<IDataObject[]> {
	return (await run).items.map(({ json }) => json);
}

/** What the editor's drop-downs get as `this`. */
export function editorContext(pbx: PbxSimulator): ILoadOptionsFunctions {
	return loadOptionsContext(new Yeastar(), {
		credentials: { yeastarApi: yeastarCredential(pbx) as never },
	});
}

/** The client without a node around it. */
export function clientOf(pbx: PbxSimulator, clock: Clock = systemClock): YeastarPbx {
	const http = n8nHttpClient(
		'Yeastar PBX',
		async (options) => (await httpRequest(options)) as never,
	);
	return connectToPbx(yeastarCredential(pbx), http, { clock });
}

/** How often an endpoint was asked. */
export function timesAsked(pbx: PbxSimulator, path: string): number {
	return pbx.requests.filter((request) => request.path === path).length;
}

export const fromList = (value: string) => ({ __rl: true, mode: 'list', value });
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

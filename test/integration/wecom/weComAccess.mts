import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { n8nHttpClient } from '../../../nodes/transport/HttpClient';
import {
	connectToWeCom,
	WECOM,
	type ConnectionSettings,
	type WeComClient,
	type WeComCredential,
} from '../../../nodes/WeCom/transport/weCom';
import type { WeComSimulator } from '../../simulators/wecom/weComSimulator.mts';
import { manualClock, type ManualClock } from '../../unit/transport/manualClock.mts';
import { httpRequest } from '../n8nRequests.mts';

/** A working credential for a simulated WeCom. */
export function weComCredential(
	wecom: WeComSimulator,
	overrides: Partial<WeComCredential> = {},
): WeComCredential {
	return {
		corpId: wecom.corpId,
		secret: wecom.secret,
		callbackToken: wecom.callbackToken,
		encodingAesKey: wecom.encodingAesKey,
		apiBaseUrl: wecom.baseUrl,
		...overrides,
	};
}

/** The client without a node around it. Waiting takes no time, but for WeCom's own clock if that is handed in. */
export function clientOf(
	wecom: WeComSimulator,
	overrides: Partial<WeComCredential> = {},
	settings: ConnectionSettings & { clock?: ManualClock } = {},
): WeComClient {
	const http = n8nHttpClient(WECOM, async (options) => (await httpRequest(options)) as never);
	return connectToWeCom(weComCredential(wecom, overrides), http, {
		clock: manualClock(),
		...settings,
	});
}

/** What the editor's drop-downs get as `this`. */
export function editorContext(
	wecom: WeComSimulator,
	parameters: IDataObject = {},
): ILoadOptionsFunctions {
	return {
		getCredentials: async () => await Promise.resolve(weComCredential(wecom)),
		getCurrentNodeParameter: (name: string) => parameters[name],
		getNode: () => ({ name: 'WeCom', type: 'weComCustomerService', typeVersion: 1 }),
		helpers: { httpRequest },
	} as unknown as ILoadOptionsFunctions;
}

/** How often an endpoint was asked. */
export function timesAsked(wecom: WeComSimulator, path: string): number {
	return wecom.requests.filter((request) => request.path === path).length;
}

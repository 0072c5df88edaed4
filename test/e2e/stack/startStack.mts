import {
	startWeComSimulator,
	type WeComOptions,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import {
	startPbxSimulator,
	type PbxOptions,
	type PbxSimulator,
} from '../../simulators/yeastar/pbxSimulator.mts';
import {
	startZohoSimulator,
	type ZohoSimulator,
	type ZohoSimulatorOptions,
} from '../../simulators/zoho/zohoSimulator.mts';
import { connectPbx, connectWeCom, connectZoho } from './connectVendors.mts';
import type { SavedCredential } from './credentials.mts';
import { n8nClient, type N8nClient } from './N8nClient.mts';
import { packPackage } from './packPackage.mts';
import { hireStaff } from './staff.mts';
import { startN8n, type N8nOptions, type RunningN8n } from './startN8n.mts';
import { startQueueMode, type QueueModeN8n, type QueueModeOptions } from './startQueueMode.mts';

export interface StackOptions {
	pbx?: PbxOptions;
	zoho?: ZohoSimulatorOptions;
	wecom?: WeComOptions;
	n8n?: N8nOptions;
	/** n8n in several processes instead of one. */
	queueMode?: Omit<QueueModeOptions, 'packageTarball'>;
	/** Is told what is being done. */
	tell?: (progress: string) => void;
}

/** A company's whole equipment: its PBX, its CRM, its WeCom, and an n8n with this package that is connected to all. */
export interface Stack {
	pbx: PbxSimulator;
	zoho: ZohoSimulator;
	/** Nobody calls back to n8n until a test saves the address of a trigger. */
	wecom: WeComSimulator;
	n8n: RunningN8n;
	/** The same with all its processes, if it has several. */
	queueMode: QueueModeN8n | null;
	client: N8nClient;
	/** For `importTemplate(name, { credentials })`. */
	credentials: SavedCredential[];
	stop(): Promise<void>;
}

/** Starts it all. The owner of n8n is set up and logged in (see ownerLogin), all credentials are connected. */
export async function startStack({
	tell = () => {},
	...options
}: StackOptions = {}): Promise<Stack> {
	const opened: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const close of opened.reverse().splice(0)) await close();
	};
	try {
		tell('starting the PBX, the CRM and WeCom');
		const pbx = await startPbxSimulator(options.pbx);
		opened.push(() => pbx.close());
		const zoho = await startZohoSimulator(options.zoho);
		opened.push(() => zoho.close());
		const wecom = await startWeComSimulator(options.wecom);
		opened.push(() => wecom.close());
		hireStaff(zoho, pbx.company);

		const packageTarball = options.n8n?.packageTarball ?? packPackage();
		tell('starting n8n with the package, about 15 seconds');
		const queueMode = options.queueMode
			? await startQueueMode({ ...options.queueMode, packageTarball })
			: null;
		const n8n = queueMode ?? (await startN8n({ ...options.n8n, packageTarball }));
		opened.push(() => n8n.stop());

		tell('setting up the owner of n8n and the credentials');
		const client = n8nClient(n8n.url);
		await client.setUpOwner();
		const credentials = [
			await connectPbx(client, pbx),
			await connectZoho(client, zoho),
			await connectWeCom(client, wecom),
		];
		return { pbx, zoho, wecom, n8n, queueMode, client, credentials, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

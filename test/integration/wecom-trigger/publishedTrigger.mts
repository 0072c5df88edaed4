import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cloneDeep } from 'lodash';
import type {
	IDataObject,
	IHookFunctions,
	INodeExecutionData,
	INodeParameters,
	IRun,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { WeComCustomerServiceTrigger } from '../../../nodes/WeCom/WeComCustomerServiceTrigger.node';
import type { WeComMessage } from '../../../nodes/WeCom/message/WeComMessage';
import type { WeComSimulator } from '../../simulators/wecom/weComSimulator.mts';
import { deferred } from '../../unit/transport/deferred.mts';
import { loadOptionsContext } from '../nodeContext.mts';

/** An execution as n8n keeps it. */
export interface Execution {
	key: string;
	item: INodeExecutionData;
	message: WeComMessage;
	isOver: boolean;
}

/** What outlives a process of n8n: its database. */
export interface Database {
	/** JSON, as n8n stores it. */
	staticData: string;
	/** Every execution that ever was, oldest first. */
	executions: Execution[];
	failures: string[];
}

export const emptyDatabase = (): Database => ({ staticData: '{}', executions: [], failures: [] });

interface Settings {
	parameters?: INodeParameters;
	credential?: Partial<Record<'secret' | 'callbackToken' | 'encodingAesKey' | 'corpId', string>>;
	/** What an execution does; over at once if absent. The worker may be lost over it. */
	work?: (message: WeComMessage) => Promise<void | 'workerLost'>;
	activationMode?: 'activate' | 'init' | 'update';
	workflowId?: string;
}

/** As n8n tells of an execution whose worker does not report any more (workflow-runner.ts, processError). */
const LOST_RUN = {
	status: 'error',
	data: { resultData: { error: { message: 'failed to be processed' }, runData: {} } },
} as unknown as IRun;

let workflows = 0;
export const newWorkflowId = () => `workflow-${++workflows}`;

/**
 * A process of n8n with the trigger published. As in n8n: trigger and webhook have static data of their own, which are
 * stored when an execution is started, and when a webhook is through; a key starts one execution only.
 */
export async function publishTrigger(
	wecom: WeComSimulator,
	database: Database,
	settings: Settings = {},
) {
	const { parameters = {}, work = async () => undefined, activationMode = 'activate' } = settings;
	const workflowId = settings.workflowId ?? newWorkflowId();
	const node = new WeComCustomerServiceTrigger();
	const credential = {
		corpId: wecom.corpId,
		secret: wecom.secret,
		callbackToken: wecom.callbackToken,
		encodingAesKey: wecom.encodingAesKey,
		apiBaseUrl: wecom.baseUrl,
		...settings.credential,
	};
	const warnings: string[] = [];
	const process = { isDead: false, isLate: false };

	const contextWith = (staticData: IDataObject) => ({
		...loadOptionsContext(node, {
			parameters,
			credentials: { weComCustomerServiceApi: credential },
			staticData,
		}),
		getWorkflow: () => ({ id: workflowId, name: 'Workflow under test', active: true }),
		getMode: () => 'trigger',
		getActivationMode: () => activationMode,
		getNodeWebhookUrl: () => url,
		logger: { warn: (text: string) => warnings.push(text) },
	});
	const store = (staticData: IDataObject) => {
		if (!process.isDead) database.staticData = JSON.stringify(staticData);
	};

	function execute(item: INodeExecutionData, key: string): Promise<IRun> | null {
		if (database.executions.some((known) => known.key === key)) return null;
		const message = item.json as unknown as WeComMessage;
		const execution = { key, item, message: cloneDeep(message), isOver: false };
		database.executions.push(execution);
		return work(message).then((outcome) => {
			if (!process.isDead) execution.isOver = true;
			return outcome === 'workerLost' ? LOST_RUN : ({} as IRun);
		});
	}

	const answers: Array<{ status: number; body: string }> = [];
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const loaded = JSON.parse(database.staticData) as IDataObject;
			const before = JSON.stringify(loaded);
			const query = Object.fromEntries(new URL(request.url ?? '/', url).searchParams);
			let status = 0;
			const context = {
				...contextWith(loaded),
				getWebhookName: () => (request.method === 'GET' ? 'setup' : 'default'),
				getQueryData: () => query,
				getRequestObject: () => ({ rawBody: Buffer.concat(parts) }),
				getResponseObject: () => ({
					status: (code: number) => {
						status = code;
					},
					setHeader: response.setHeader.bind(response),
					end: (body: string) => {
						answers.push({ status, body });
						response.writeHead(status).end(body);
					},
				}),
			};
			void node.webhook.call(context as unknown as IWebhookFunctions).then(() => {
				if (JSON.stringify(loaded) !== before) store(loaded);
			});
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/wecom`;

	const staticData = JSON.parse(database.staticData) as IDataObject;
	const base = contextWith(staticData);
	const context = {
		...base,
		helpers: { ...base.helpers, createDeferredPromise: deferred },
		emit: (
			[[item]]: INodeExecutionData[][],
			_response: unknown,
			end: ReturnType<typeof deferred<IRun>> | undefined,
			key: string,
		) => {
			if (process.isDead) return;
			store(staticData);
			const execution = execute(item, key);
			if (!execution) return void end?.reject(new Error('There is an execution with this key'));
			void execution.then((run) => {
				if (!process.isDead) end?.resolve(run);
			});
		},
		saveFailedExecution: (error: Error) => database.failures.push(error.message),
	};

	const hook = () => ({ ...contextWith(staticData) }) as unknown as IHookFunctions;
	const stop = () => {
		server.closeAllConnections();
		server.close();
	};
	try {
		await node.webhookMethods.default.create.call(hook());
		const { closeFunction } = await node.trigger.call(context as unknown as ITriggerFunctions);
		store(staticData);
		return {
			url,
			answers,
			warnings,
			stored: () => JSON.parse(database.staticData) as { accounts: Record<string, IDataObject> },
			/** The process ends without a word. */
			async kill() {
				process.isDead = true;
				stop();
				await closeFunction?.();
			},
			async unpublish() {
				await closeFunction?.();
				const stored = JSON.parse(database.staticData) as IDataObject;
				await node.webhookMethods.default.delete.call(
					contextWith(stored) as unknown as IHookFunctions,
				);
				store(stored);
				stop();
			},
		};
	} catch (error) {
		stop();
		throw error;
	}
}

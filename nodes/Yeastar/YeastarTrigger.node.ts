import {
	NodeConnectionTypes,
	NodeOperationError,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
} from 'n8n-workflow';
import { toNodeError } from '../actions/toNodeError';
import type { Call } from '../call/Call';
import type { CallMoment } from '../call/CallTracker';
import { systemClock } from '../transport/Clock';
import { ServiceError } from '../transport/ServiceError';
import { passesFilter } from './events/callFilter';
import { startCallFeed } from './events/callFeed';
import type { FeedMemory } from './events/feedMemory';
import { executionsOf } from './events/executions';
import { fingerprintOf } from '../transport/fingerprint';
import { triggerParameters } from './events/triggerParameters';
import { readTriggerSettings } from './events/triggerSettings';
import { testYeastarCredential } from './methods/credentialTest';
import { baseUrlOf } from './transport/baseUrl';
import { yeastarPbx, type YeastarCredential } from './transport/yeastarPbx';

/** An interruption is reported (error workflow, failed execution) once, when it has lasted so long. */
const REPORT_OUTAGE_AFTER_MS = 5 * 60_000;

/** So that a test shows a call also when the PBX does not push events. */
const RECONCILE_IN_A_TEST_MS = 10_000;

export class YeastarTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yeastar Trigger',
		name: 'yeastarTrigger',
		icon: { light: 'file:yeastar.svg', dark: 'file:yeastar.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].map((event) => event.replace("call", "Call ")).join(", ") }}',
		description: 'Starts the workflow once for each telephone call of a Yeastar P-Series PBX',
		eventTriggerDescription: 'Place a call now: to one of your numbers, or from one of your phones',
		activationMessage: 'From now on each call of your PBX starts one execution.',
		defaults: { name: 'Yeastar Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'yeastarApi', required: true, testedBy: 'yeastarApiTest' }],
		triggerPanel: {
			header: 'Get a real call as test data',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click Execute step, then place a call. The call arrives here as soon as it has ended (or rings, as chosen below).<br/><br/><b>Once the workflow is published</b>, every call starts an execution by itself, also those made while n8n was switched off.',
				active:
					'<b>While building</b>, click Execute step, then place a call.<br/><br/><b>Your workflow is published</b>: every call starts an execution, which you find in the executions list and not in the editor.',
			},
			activationHint: 'Publish the workflow, and each call starts one execution by itself.',
		},
		properties: triggerParameters,
	};

	methods = { credentialTest: { yeastarApiTest: testYeastarCredential } };

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		const settings = readTriggerSettings(this);
		const isTest = this.getMode() === 'manual';
		const credential = await this.getCredentials<YeastarCredential>('yeastarApi');

		const baseUrl = baseUrlOf(credential.baseUrl);
		const pbxKey = fingerprintOf([baseUrl]);
		const connectionKey = fingerprintOf([baseUrl, credential.clientId, credential.clientSecret]);
		await refuseForbiddenAddress(this, baseUrl);
		if (isTest || ['activate', 'update'].includes(this.getActivationMode())) {
			// A person who publishes or tests may have put the credential right on the PBX.
			await yeastarPbx(this, undefined, { forgetRefusal: 'publication' });
		}
		const workflowId = this.getWorkflow().id;
		const executions = executionsOf(this, pbxKey);
		const isAskedFor = (moment: CallMoment, call: Call) =>
			settings.events.includes(moment) && passesFilter(call, settings.filter);
		// A test neither takes up what production missed nor moves its place.
		const memory: FeedMemory = isTest ? {} : this.getWorkflowStaticData('node');
		let reportedOutageSince: number | null = null;

		const feed = startCallFeed(
			{
				key: connectionKey,
				ignoreSslIssues: credential.ignoreSslIssues ?? false,
				connect: async () => await yeastarPbx(this),
				clock: systemClock,
			},
			isTest ? { ...settings.feed, reconcileEveryMs: RECONCILE_IN_A_TEST_MS } : settings.feed,
			memory,
			{
				onCall: (moment, call) => {
					if (isAskedFor(moment, call)) executions.start(moment, call);
				},
				isAskedFor: (call) => isAskedFor('callEnded', call),
				onEndedCall: async (call) => {
					// n8n takes one item for a test and never tells its end.
					if (isTest) executions.start('callEnded', call);
					else await executions.startAndAwaitEnd('callEnded', call);
				},
				onRawEvent: (event, receivedAt) => executions.startForRawEvent(event, receivedAt),
				onOutage: (error, since) => {
					this.logger.warn(`${error.message}. ${error.advice}`, { workflowId });
					const isNews = reportedOutageSince !== since;
					if (isTest || !isNews || systemClock.now() - since < REPORT_OUTAGE_AFTER_MS) return;
					reportedOutageSince = since;
					this.saveFailedExecution(toNodeError(this.getNode(), error));
				},
				onAdvice: (error) => {
					this.logger.warn(`${error.message}. ${error.advice}`, { workflowId });
					if (!isTest) this.saveFailedExecution(toNodeError(this.getNode(), error));
				},
				onPassingProblem: (error) => {
					const { message } = error as Error;
					this.logger.warn(`Yeastar Trigger goes on after a problem: ${message}`, { workflowId });
				},
			},
		);

		// When n8n starts while the PBX is away, giving up would lose the calls; the feed goes on trying by itself.
		const mayStartWithoutPbx = !isTest && this.getActivationMode() === 'init';
		await feed.firstConnection.catch(async (error: unknown) => {
			if (mayStartWithoutPbx && isPassing(error)) return;
			await feed.close();
			throw toNodeError(this.getNode(), error);
		});
		return { closeFunction: async () => await feed.close() };
	}
}

function isPassing(error: unknown): boolean {
	return error instanceof ServiceError && error.kind !== 'credentials';
}

/** The WebSocket does not pass n8n's SSRF protection by itself, so the address is checked here. */
async function refuseForbiddenAddress(context: ITriggerFunctions, baseUrl: string): Promise<void> {
	const verdict = await context.helpers.getSecureEgressFilter().validateUrl(baseUrl);
	if (verdict.ok) return;
	// n8n shows the message alone when a publication is refused, so the advice is in it.
	throw new NodeOperationError(
		context.getNode(),
		"n8n's SSRF protection blocks the address of the PBX. Ask whoever runs n8n to add the PBX to N8N_SSRF_ALLOWED_HOSTNAMES or its network to N8N_SSRF_ALLOWED_IP_RANGES.",
	);
}
